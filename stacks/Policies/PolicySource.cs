namespace Hybrid.Stacks.Policies;

/// <summary>Where a rule comes from.</summary>
/// <param name="Document">Such as "AWS Security Hub".</param>
/// <param name="Control">The control's id, or the section that states the rule.</param>
internal sealed record PolicySource(string Document, string Control, string Address)
{
    /// <summary>A control of AWS Security Hub (most of them are AWS Foundational Security Best Practices), such as RDS.27.</summary>
    public static PolicySource SecurityHub(string control)
    {
        var service = control[..control.IndexOf('.', StringComparison.Ordinal)].ToLowerInvariant();
        var anchor = control.ToLowerInvariant().Replace('.', '-');
        return new("AWS Security Hub", control, $"https://docs.aws.amazon.com/securityhub/latest/userguide/{service}-controls.html#{anchor}");
    }

    /// <summary>A managed rule of AWS Config.</summary>
    public static PolicySource Config(string rule) => new("AWS Config", rule, $"https://docs.aws.amazon.com/config/latest/developerguide/{rule}.html");

    /// <summary>A page of AWS's documentation.</summary>
    /// <param name="page">Below docs.aws.amazon.com.</param>
    public static PolicySource Aws(string guide, string section, string page) => new(guide, section, $"https://docs.aws.amazon.com/{page}");

    public static PolicySource Kubernetes(string section, string page) => new("Kubernetes documentation", section, $"https://kubernetes.io/docs/{page}");

    public static PolicySource Pulumi(string section, string page) => new("Pulumi documentation", section, $"https://www.pulumi.com/{page}");
}
