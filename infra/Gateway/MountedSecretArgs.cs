using System.Collections.Immutable;
using Pulumi;

namespace Hybrid.Infra.Gateway;

public sealed record MountedSecretArgs
{
    public required Input<string> Namespace { get; init; }

    /// <summary>The SecretProviderClass's name.</summary>
    public required string ClassName { get; init; }

    public required string Region { get; init; }

    /// <summary>A secret in Secrets Manager that holds a JSON object.</summary>
    public required Input<string> SecretArn { get; init; }

    /// <summary>The members of the object that become files of the same name.</summary>
    public required ImmutableArray<string> Members { get; init; }
}
