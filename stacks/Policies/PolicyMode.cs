namespace Hybrid.Stacks.Policies;

/// <summary>What a finding does to the preview's exit code.</summary>
internal enum PolicyMode
{
    Enforce,
    Advisory,
}
