using Gateway.Model.Entities;

namespace Gateway.Model.Declarative;

/// <summary>Which entities may stand inside which in a file, and the reference that the inner one thereby has.</summary>
internal static class Nesting
{
    public static readonly IReadOnlyList<(string Parent, string Field, string Kind, string Reference)> All =
    [
        (EntityKinds.Services, "routes", EntityKinds.Routes, "service"),
        (EntityKinds.Services, "plugins", EntityKinds.Plugins, "service"),
        (EntityKinds.Routes, "plugins", EntityKinds.Plugins, "route"),
        (EntityKinds.Consumers, "plugins", EntityKinds.Plugins, "consumer"),
        (EntityKinds.Consumers, "keyauth_credentials", EntityKinds.KeyAuthCredentials, "consumer"),
        (EntityKinds.Upstreams, "targets", EntityKinds.Targets, "upstream"),
    ];
}
