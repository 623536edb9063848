using Gateway.Model.Entities;

namespace Gateway.Model.Schemas;

/// <summary>The schema of every kind of entity.</summary>
public static class EntitySchemas
{
    /// <summary>In the order in which a set of entities can be written: what is referred to comes first.</summary>
    public static IReadOnlyList<EntitySchema> All { get; } =
    [
        VaultSchema.Create(),
        CertificateSchema.Create(),
        SniSchema.Create(),
        CaCertificateSchema.Create(),
        KeySchema.CreateSet(),
        KeySchema.Create(),
        ServiceSchema.Create(),
        RouteSchema.Create(),
        ConsumerGroupSchema.Create(),
        ConsumerSchema.Create(),
        ConsumerGroupSchema.CreateMember(),
        KeyAuthCredentialSchema.Create(),
        BasicAuthCredentialSchema.Create(),
        JwtSecretSchema.Create(),
        AclSchema.Create(),
        MtlsAuthCredentialSchema.Create(),
        UpstreamSchema.Create(),
        TargetSchema.Create(),
        PluginSchema.Create(),
    ];

    private static readonly Dictionary<string, EntitySchema> ByKind = All.ToDictionary(schema => schema.Kind, StringComparer.Ordinal);

    /// <summary>Null where an administrator knows no such kind.</summary>
    public static EntitySchema? Find(string kind) => ByKind.GetValueOrDefault(kind);

    /// <inheritdoc cref="Find"/>
    /// <exception cref="ArgumentOutOfRangeException">There is no such kind.</exception>
    public static EntitySchema For(string kind) =>
        Find(kind) ?? throw new ArgumentOutOfRangeException(nameof(kind), kind, $"not one of {string.Join(", ", ByKind.Keys)} ({EntityKinds.CredentialHashKeys} has no schema)");
}
