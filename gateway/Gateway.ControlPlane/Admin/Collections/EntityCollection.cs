using Gateway.Model.Entities;

namespace Gateway.ControlPlane.Admin.Collections;

/// <summary>How one kind of entity appears in paths.</summary>
/// <param name="Kind">One of <see cref="EntityKinds"/>.</param>
/// <param name="Segment">Its collection at the root, such as <c>key-auths</c>.</param>
/// <param name="NestedSegment">Its collection below what it refers to, such as <c>key-auth</c>.</param>
/// <param name="KeyField">The field by which it is named in place of its id; null where it has none.</param>
/// <param name="Parents">The references below whose targets it is listed.</param>
internal sealed record EntityCollection(string Kind, string Segment, string NestedSegment, string? KeyField, IReadOnlyList<string> Parents)
{
    public static readonly IReadOnlyList<EntityCollection> All =
    [
        new(EntityKinds.Vaults, "vaults", "vaults", "prefix", []),
        new(EntityKinds.Certificates, "certificates", "certificates", null, []),
        new(EntityKinds.Snis, "snis", "snis", "name", ["certificate"]),
        new(EntityKinds.CaCertificates, "ca_certificates", "ca_certificates", null, []),
        new(EntityKinds.KeySets, "key-sets", "key-sets", "name", []),
        new(EntityKinds.Keys, "keys", "keys", "name", ["set"]),
        new(EntityKinds.Services, "services", "services", "name", ["client_certificate"]),
        new(EntityKinds.Routes, "routes", "routes", "name", ["service"]),
        new(EntityKinds.Upstreams, "upstreams", "upstreams", "name", ["client_certificate"]),
        new(EntityKinds.Targets, "targets", "targets", "target", ["upstream"]),
        new(EntityKinds.ConsumerGroups, "consumer_groups", "consumer_groups", "name", []),
        new(EntityKinds.Consumers, "consumers", "consumers", "username", []),
        new(EntityKinds.KeyAuthCredentials, "key-auths", "key-auth", "key", ["consumer"]),
        new(EntityKinds.BasicAuthCredentials, "basic-auths", "basic-auth", "username", ["consumer"]),
        new(EntityKinds.JwtSecrets, "jwts", "jwt", "key", ["consumer"]),
        new(EntityKinds.Acls, "acls", "acls", "group", ["consumer"]),
        new(EntityKinds.MtlsAuthCredentials, "mtls-auths", "mtls-auth", null, ["consumer"]),
        new(EntityKinds.Plugins, "plugins", "plugins", "instance_name", ["service", "route", "consumer", "consumer_group"]),
    ];

    /// <summary>True where the key names an entity only together with what it lies below.</summary>
    public bool HasScopedKey => Kind is EntityKinds.Targets or EntityKinds.Acls;

    public static EntityCollection Of(string kind) => All.First(collection => collection.Kind == kind);
}
