namespace Hybrid.Stacks.Preview;

/// <summary>How the programs are run, and which of the two is shown.</summary>
internal enum PreviewMode
{
    /// <summary>As <c>pulumi up</c> runs them: what a provider computes is known.</summary>
    Update,

    /// <summary>As <c>pulumi preview</c> runs them for a stack that does not exist yet, on layers that do: what a provider computes is unknown.</summary>
    Preview,
}
