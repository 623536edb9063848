namespace Pulumi.Testing;

/// <summary>What a test run pretends to be.</summary>
public class TestOptions
{
    /// <summary>Default: <c>project</c>.</summary>
    public string? ProjectName { get; set; }

    /// <summary>Default: <c>/root</c>.</summary>
    public string? RootDirectory { get; set; }

    /// <summary>Default: <c>stack</c>.</summary>
    public string? StackName { get; set; }

    /// <summary>Whether outputs that no mock answered stay unknown. Default: true.</summary>
    public bool? IsPreview { get; set; }

    /// <summary>Default: <c>organization</c>.</summary>
    public string? OrganizationName { get; set; }
}
