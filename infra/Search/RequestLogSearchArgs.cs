using System.Text.RegularExpressions;
using Hybrid.Infra.Validation;
using Pulumi;

namespace Hybrid.Infra.Search;

public sealed partial record RequestLogSearchArgs
{
    public required string AccountId { get; init; }

    public required string Region { get; init; }

    /// <summary>3 to 28 characters (OpenSearch Service's limit).</summary>
    public required string DomainName { get; init; }

    public required Input<string> VpcId { get; init; }

    /// <summary>As many subnets, one in each zone, as <see cref="Zones"/>.</summary>
    public required InputList<string> SubnetIds { get; init; }

    public required Input<string> ClientSecurityGroupId { get; init; }

    /// <summary>A group beside the component's own, such as that of the sites with a VPN.</summary>
    public required Input<string> SiteSecurityGroupId { get; init; }

    public required Input<string> KeyArn { get; init; }

    public required Input<string> LogsKeyArn { get; init; }

    /// <summary>Such as 2.19.</summary>
    public string EngineVersion { get; init; } = "2.19";

    /// <summary>Such as r7g.large.search.</summary>
    public required string InstanceType { get; init; }

    /// <summary>A multiple of the zones.</summary>
    public required int Instances { get; init; }

    /// <summary>1, 2 or 3.</summary>
    public required int Zones { get; init; }

    /// <summary>The type of the three dedicated managers; none when null.</summary>
    public string? ManagerType { get; init; }

    /// <summary>GiB of gp3 for each instance, 10 to 12000.</summary>
    public required int VolumeSize { get; init; }

    /// <summary>Days.</summary>
    public int LogRetention { get; init; } = 365;

    /// <summary>Once in an account: the role by which the service puts its network cards into a VPC.</summary>
    public bool CreateServiceLinkedRole { get; init; }

    public bool Protect { get; init; } = true;

    internal void Validate()
    {
        Check.Slug(DomainName, 28, "domainName");
        Check.Length(DomainName, 3, 28, "domainName");
        Check.Matches(EngineVersion, VersionPattern(), "engineVersion", "2.x or 3.x");
        Check.Matches(InstanceType, InstancePattern(), "instanceType", "such as r7g.large.search");
        Check.OneOf(Zones, [1, 2, 3], "zones");
        Check.That(Instances > 0 && Instances % Zones is 0, "instances", $"{Instances} don't spread over {Zones} zones", $"a multiple of {Zones}");
        Check.InRange(VolumeSize, 10, 12_000, "volumeSize");
        Check.LogRetention(LogRetention, "logRetention");
        if (ManagerType is not null)
        {
            Check.Matches(ManagerType, InstancePattern(), "managerType", "such as m7g.large.search");
        }
    }

    [GeneratedRegex(@"^[23]\.\d{1,2}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex VersionPattern();

    [GeneratedRegex(@"^[a-z0-9]+\.[a-z0-9]+\.search$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex InstancePattern();
}
