using System.Collections.Frozen;
using Gateway.Model.Entities;

namespace Gateway.ControlPlane.Store.Schema;

/// <summary>The kinds of entities that the store holds, in an order in which each stands after what it refers to.</summary>
internal static class EntityTables
{
    public static readonly IReadOnlyList<EntityTable> All =
    [
        new EntityTableOf<CredentialHashKeyRow>(EntityKinds.CredentialHashKeys),
        new EntityTableOf<ServiceRow>(EntityKinds.Services)
        {
            Uniques = [new(nameof(ServiceRow.Name), ["name"], Lookup: true)],
        },
        new EntityTableOf<RouteRow>(EntityKinds.Routes)
        {
            Uniques = [new(nameof(RouteRow.Name), ["name"], Lookup: true)],
            Foreigns = [new("service", nameof(RouteRow.ServiceId), EntityKinds.Services, typeof(ServiceRow), Required: false, Cascade: false)],
        },
        new EntityTableOf<UpstreamRow>(EntityKinds.Upstreams)
        {
            Uniques = [new(nameof(UpstreamRow.Name), ["name"], Lookup: true)],
        },
        new EntityTableOf<TargetRow>(EntityKinds.Targets)
        {
            Uniques = [new(nameof(TargetRow.UniqueKey), ["target", "upstream"], Lookup: true)],
            Foreigns = [new("upstream", nameof(TargetRow.UpstreamId), EntityKinds.Upstreams, typeof(UpstreamRow), Required: true, Cascade: true)],
        },
        new EntityTableOf<ConsumerRow>(EntityKinds.Consumers)
        {
            Uniques = [new(nameof(ConsumerRow.Username), ["username"], Lookup: true), new(nameof(ConsumerRow.CustomId), ["custom_id"])],
        },
        new EntityTableOf<KeyAuthCredentialRow>(EntityKinds.KeyAuthCredentials)
        {
            Uniques = [new(nameof(KeyAuthCredentialRow.KeyHash), ["key"], Lookup: true)],
            Foreigns = [new("consumer", nameof(KeyAuthCredentialRow.ConsumerId), EntityKinds.Consumers, typeof(ConsumerRow), Required: true, Cascade: true)],
        },
        new EntityTableOf<PluginRow>(EntityKinds.Plugins)
        {
            Uniques =
            [
                new(nameof(PluginRow.InstanceName), ["instance_name"], Lookup: true),
                new(nameof(PluginRow.ScopeKey), ["consumer", "name", "route", "service"]),
            ],
            Foreigns =
            [
                new("service", nameof(PluginRow.ServiceId), EntityKinds.Services, typeof(ServiceRow), Required: false, Cascade: true),
                new("route", nameof(PluginRow.RouteId), EntityKinds.Routes, typeof(RouteRow), Required: false, Cascade: true),
                new("consumer", nameof(PluginRow.ConsumerId), EntityKinds.Consumers, typeof(ConsumerRow), Required: false, Cascade: true),
            ],
        },
    ];

    private static readonly FrozenDictionary<string, EntityTable> ByKind = All.ToFrozenDictionary(table => table.Kind, StringComparer.Ordinal);

    public static EntityTable Of(string kind) => ByKind[kind];

    public static EntityTable OfRow(EntityRow row) => All.First(table => table.RowType == row.GetType());

    /// <summary>Every reference to <paramref name="kind"/>, with the table that holds it.</summary>
    public static IEnumerable<(EntityTable Table, ForeignColumn Foreign)> ReferringTo(string kind) =>
        from table in All
        from foreign in table.Foreigns
        where foreign.TargetKind == kind
        select (table, foreign);
}
