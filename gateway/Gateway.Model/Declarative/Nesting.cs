using Gateway.Model.Entities;

namespace Gateway.Model.Declarative;

/// <summary>Which entities may stand inside which in a file, and the reference that the inner one thereby has.</summary>
internal static class Nesting
{
    public static readonly IReadOnlyList<NestedKind> All =
    [
        new(EntityKinds.Services, "routes", EntityKinds.Routes, "service"),
        new(EntityKinds.Services, "plugins", EntityKinds.Plugins, "service"),
        new(EntityKinds.Routes, "plugins", EntityKinds.Plugins, "route"),
        new(EntityKinds.Consumers, "plugins", EntityKinds.Plugins, "consumer"),
        new(EntityKinds.Consumers, "keyauth_credentials", EntityKinds.KeyAuthCredentials, "consumer"),
        new(EntityKinds.Consumers, "basicauth_credentials", EntityKinds.BasicAuthCredentials, "consumer"),
        new(EntityKinds.Consumers, "jwt_secrets", EntityKinds.JwtSecrets, "consumer"),
        new(EntityKinds.Consumers, "acls", EntityKinds.Acls, "consumer"),
        new(EntityKinds.Consumers, "mtls_auth_credentials", EntityKinds.MtlsAuthCredentials, "consumer"),
        new(EntityKinds.Consumers, "groups", EntityKinds.ConsumerGroupMembers, "consumer") { Other = "consumer_group" },
        new(EntityKinds.ConsumerGroups, "consumers", EntityKinds.ConsumerGroupMembers, "consumer_group") { Other = "consumer" },
        new(EntityKinds.ConsumerGroups, "plugins", EntityKinds.Plugins, "consumer_group"),
        new(EntityKinds.Certificates, "snis", EntityKinds.Snis, "certificate") { TextField = "name" },
        new(EntityKinds.KeySets, "keys", EntityKinds.Keys, "set"),
        new(EntityKinds.Upstreams, "targets", EntityKinds.Targets, "upstream"),
    ];
}
