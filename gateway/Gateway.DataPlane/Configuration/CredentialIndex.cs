using System.Collections.Immutable;
using Gateway.Model.Configuration;
using Gateway.Model.Entities;

namespace Gateway.DataPlane.Configuration;

/// <summary>Who is who: credentials by what callers present, and the groups of consumers.</summary>
internal sealed record CredentialIndex
{
    public static readonly CredentialIndex Empty = new();

    /// <summary>Every entity behind the rest.</summary>
    public ImmutableDictionary<EntityKey, Entity> Entities { get; init; } = ImmutableDictionary<EntityKey, Entity>.Empty;

    public ImmutableDictionary<string, BasicAuthCredential> BasicAuth { get; init; } = ImmutableDictionary.Create<string, BasicAuthCredential>(StringComparer.Ordinal);

    public ImmutableDictionary<string, JwtSecret> Jwt { get; init; } = ImmutableDictionary.Create<string, JwtSecret>(StringComparer.Ordinal);

    /// <summary>By subject name; several where authorities differ.</summary>
    public ImmutableDictionary<string, MtlsAuthCredential[]> Mtls { get; init; } = ImmutableDictionary.Create<string, MtlsAuthCredential[]>(StringComparer.OrdinalIgnoreCase);

    /// <summary>By consumer, in order of their names.</summary>
    public ImmutableDictionary<Guid, string[]> AclGroups { get; init; } = ImmutableDictionary<Guid, string[]>.Empty;

    /// <inheritdoc cref="AclGroups"/>
    public ImmutableDictionary<Guid, ConsumerGroup[]> ConsumerGroups { get; init; } = ImmutableDictionary<Guid, ConsumerGroup[]>.Empty;

    /// <summary>By prefix.</summary>
    public ImmutableDictionary<string, Vault> Vaults { get; init; } = ImmutableDictionary.Create<string, Vault>(StringComparer.Ordinal);

    /// <summary>True for the kinds that are kept here.</summary>
    public static bool Holds(string kind) => kind is EntityKinds.ConsumerGroups or EntityKinds.ConsumerGroupMembers or EntityKinds.BasicAuthCredentials
        or EntityKinds.JwtSecrets or EntityKinds.Acls or EntityKinds.MtlsAuthCredentials or EntityKinds.Vaults or EntityKinds.KeySets or EntityKinds.Keys;
}
