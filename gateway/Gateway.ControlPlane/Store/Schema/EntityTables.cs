using System.Collections.Frozen;
using Gateway.Model.Entities;
using Gateway.Model.Schemas;

namespace Gateway.ControlPlane.Store.Schema;

/// <summary>The kinds of entities that the store holds, in an order in which each stands after what it refers to.</summary>
internal static class EntityTables
{
    public static readonly IReadOnlyList<EntityTable> All =
    [
        new EntityTableOf<CredentialHashKeyRow>(EntityKinds.CredentialHashKeys),
        new EntityTableOf<VaultRow>(EntityKinds.Vaults)
        {
            Uniques = [new(nameof(VaultRow.Prefix), ["prefix"], Lookup: true)],
        },
        new EntityTableOf<CertificateRow>(EntityKinds.Certificates),
        new EntityTableOf<SniRow>(EntityKinds.Snis)
        {
            Uniques = [new(nameof(SniRow.Name), ["name"], Lookup: true)],
            Foreigns = [new("certificate", nameof(SniRow.CertificateId), EntityKinds.Certificates, typeof(CertificateRow), Required: true, Cascade: true)],
        },
        new EntityTableOf<CaCertificateRow>(EntityKinds.CaCertificates)
        {
            Uniques = [new(nameof(CaCertificateRow.CertDigest), ["cert_digest"])],
        },
        new EntityTableOf<KeySetRow>(EntityKinds.KeySets)
        {
            Uniques = [new(nameof(KeySetRow.Name), ["name"], Lookup: true)],
        },
        new EntityTableOf<KeyRow>(EntityKinds.Keys)
        {
            Uniques = [new(nameof(KeyRow.Name), ["name"], Lookup: true), new(nameof(KeyRow.UniqueKey), ["kid", "set"])],
            Foreigns = [new("set", nameof(KeyRow.SetId), EntityKinds.KeySets, typeof(KeySetRow), Required: false, Cascade: true)],
        },
        new EntityTableOf<ServiceRow>(EntityKinds.Services)
        {
            Uniques = [new(nameof(ServiceRow.Name), ["name"], Lookup: true)],
            Foreigns = [new("client_certificate", nameof(ServiceRow.ClientCertificateId), EntityKinds.Certificates, typeof(CertificateRow), Required: false, Cascade: false, Owned: false)],
        },
        new EntityTableOf<RouteRow>(EntityKinds.Routes)
        {
            Uniques = [new(nameof(RouteRow.Name), ["name"], Lookup: true)],
            Foreigns = [new("service", nameof(RouteRow.ServiceId), EntityKinds.Services, typeof(ServiceRow), Required: false, Cascade: false)],
        },
        new EntityTableOf<UpstreamRow>(EntityKinds.Upstreams)
        {
            Uniques = [new(nameof(UpstreamRow.Name), ["name"], Lookup: true)],
            Foreigns = [new("client_certificate", nameof(UpstreamRow.ClientCertificateId), EntityKinds.Certificates, typeof(CertificateRow), Required: false, Cascade: false, Owned: false)],
        },
        new EntityTableOf<TargetRow>(EntityKinds.Targets)
        {
            Uniques = [new(nameof(TargetRow.UniqueKey), ["target", "upstream"], Lookup: true)],
            Foreigns = [new("upstream", nameof(TargetRow.UpstreamId), EntityKinds.Upstreams, typeof(UpstreamRow), Required: true, Cascade: true)],
        },
        new EntityTableOf<ConsumerGroupRow>(EntityKinds.ConsumerGroups)
        {
            Uniques = [new(nameof(ConsumerGroupRow.Name), ["name"], Lookup: true)],
        },
        new EntityTableOf<ConsumerRow>(EntityKinds.Consumers)
        {
            Uniques = [new(nameof(ConsumerRow.Username), ["username"], Lookup: true), new(nameof(ConsumerRow.CustomId), ["custom_id"])],
        },
        new EntityTableOf<ConsumerGroupMemberRow>(EntityKinds.ConsumerGroupMembers)
        {
            Uniques = [new(nameof(ConsumerGroupMemberRow.UniqueKey), ["consumer", "consumer_group"], Lookup: true)],
            Foreigns =
            [
                new("consumer", nameof(ConsumerGroupMemberRow.ConsumerId), EntityKinds.Consumers, typeof(ConsumerRow), Required: true, Cascade: true),
                new("consumer_group", nameof(ConsumerGroupMemberRow.ConsumerGroupId), EntityKinds.ConsumerGroups, typeof(ConsumerGroupRow), Required: true, Cascade: true),
            ],
        },
        new EntityTableOf<KeyAuthCredentialRow>(EntityKinds.KeyAuthCredentials)
        {
            Uniques = [new(nameof(KeyAuthCredentialRow.KeyHash), ["key"], Lookup: true)],
            Foreigns = [new("consumer", nameof(KeyAuthCredentialRow.ConsumerId), EntityKinds.Consumers, typeof(ConsumerRow), Required: true, Cascade: true)],
        },
        new EntityTableOf<BasicAuthCredentialRow>(EntityKinds.BasicAuthCredentials)
        {
            Uniques = [new(nameof(BasicAuthCredentialRow.Username), ["username"], Lookup: true)],
            Foreigns = [new("consumer", nameof(BasicAuthCredentialRow.ConsumerId), EntityKinds.Consumers, typeof(ConsumerRow), Required: true, Cascade: true)],
        },
        new EntityTableOf<JwtSecretRow>(EntityKinds.JwtSecrets)
        {
            Uniques = [new(nameof(JwtSecretRow.Key), ["key"], Lookup: true)],
            Foreigns = [new("consumer", nameof(JwtSecretRow.ConsumerId), EntityKinds.Consumers, typeof(ConsumerRow), Required: true, Cascade: true)],
        },
        new EntityTableOf<AclRow>(EntityKinds.Acls)
        {
            Uniques = [new(nameof(AclRow.UniqueKey), ["consumer", "group"], Lookup: true)],
            Foreigns = [new("consumer", nameof(AclRow.ConsumerId), EntityKinds.Consumers, typeof(ConsumerRow), Required: true, Cascade: true)],
        },
        new EntityTableOf<MtlsAuthCredentialRow>(EntityKinds.MtlsAuthCredentials)
        {
            Uniques = [new(nameof(MtlsAuthCredentialRow.UniqueKey), ["ca_certificate", "subject_name"])],
            Foreigns =
            [
                new("consumer", nameof(MtlsAuthCredentialRow.ConsumerId), EntityKinds.Consumers, typeof(ConsumerRow), Required: true, Cascade: true),
                new("ca_certificate", nameof(MtlsAuthCredentialRow.CaCertificateId), EntityKinds.CaCertificates, typeof(CaCertificateRow), Required: false, Cascade: true, Owned: false),
            ],
        },
        new EntityTableOf<PluginRow>(EntityKinds.Plugins)
        {
            Uniques =
            [
                new(nameof(PluginRow.InstanceName), ["instance_name"], Lookup: true),
                new(nameof(PluginRow.ScopeKey), ["consumer", "consumer_group", "name", "route", "service"]),
            ],
            Foreigns =
            [
                new("service", nameof(PluginRow.ServiceId), EntityKinds.Services, typeof(ServiceRow), Required: false, Cascade: true),
                new("route", nameof(PluginRow.RouteId), EntityKinds.Routes, typeof(RouteRow), Required: false, Cascade: true),
                new("consumer", nameof(PluginRow.ConsumerId), EntityKinds.Consumers, typeof(ConsumerRow), Required: false, Cascade: true),
                new("consumer_group", nameof(PluginRow.ConsumerGroupId), EntityKinds.ConsumerGroups, typeof(ConsumerGroupRow), Required: false, Cascade: true),
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

    /// <summary>Every list of ids of <paramref name="kind"/>, with the table that holds it.</summary>
    public static IEnumerable<(EntityTable Table, string Field)> ListsOf(string kind) =>
        from table in All
        from list in EntitySchemas.Find(table.Kind)?.ListReferences ?? []
        where list.Kind == kind
        select (table, list.Field.Name);
}
