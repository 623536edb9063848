using System.Collections.Immutable;
using Hybrid.Infra.Iam;
using Hybrid.Infra.Validation;
using Pulumi;

namespace Hybrid.Infra.Anywhere;

public sealed record SiteAwsIdentityArgs
{
    public required string Site { get; init; }

    public required Output<string> TrustDomain { get; init; }

    /// <summary>The tunnel's CA, PEM; it also vouches for the site to AWS.</summary>
    public required Input<string> CaBundle { get; init; }

    /// <summary>What the site's pods may do in AWS.</summary>
    public required ImmutableArray<Statement> Statements { get; init; }

    /// <summary>The role's name, where others know it beforehand, up to 64 characters (IAM's limit); one that Pulumi makes when null.</summary>
    public string? RoleName { get; init; }

    /// <summary>Seconds that credentials live, 900 to 43200.</summary>
    public int SessionDuration { get; init; } = 3600;

    internal void Validate()
    {
        Check.Slug(Site, 20, "site");
        Check.That(!Statements.IsDefaultOrEmpty, "statements", "a role that may do nothing", "at least one statement");
        if (RoleName is not null)
        {
            Check.Length(RoleName, 1, 64, "roleName");
        }

        Check.InRange(SessionDuration, 900, 43_200, "sessionDuration");
    }
}
