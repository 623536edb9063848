namespace Hybrid.Stacks.Policies;

/// <summary>How much a finding weighs.</summary>
internal enum Severity
{
    /// <summary>The preview fails, unless the configuration excepts it with a reason.</summary>
    Error,

    /// <summary>Shown; the preview succeeds.</summary>
    Warning,
}
