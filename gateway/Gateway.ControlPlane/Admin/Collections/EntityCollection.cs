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
        new(EntityKinds.Services, "services", "services", "name", []),
        new(EntityKinds.Routes, "routes", "routes", "name", ["service"]),
        new(EntityKinds.Upstreams, "upstreams", "upstreams", "name", []),
        new(EntityKinds.Targets, "targets", "targets", "target", ["upstream"]),
        new(EntityKinds.Consumers, "consumers", "consumers", "username", []),
        new(EntityKinds.KeyAuthCredentials, "key-auths", "key-auth", "key", ["consumer"]),
        new(EntityKinds.Plugins, "plugins", "plugins", "instance_name", ["service", "route", "consumer"]),
    ];

    public static EntityCollection Of(string kind) => All.First(collection => collection.Kind == kind);
}
