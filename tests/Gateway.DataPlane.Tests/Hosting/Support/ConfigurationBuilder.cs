using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Gateway.Model;
using Gateway.Model.Configuration;
using Gateway.Model.Entities;
using Gateway.Tunnel.Subscription;
using Hybrid.Testing;

namespace Gateway.DataPlane.Tests.Hosting.Support;

/// <summary>Writes updates as the tunnel delivers them: canonical bytes of entities.</summary>
public sealed class ConfigurationBuilder
{
    private readonly List<EntityChange> _changes = [];

    public static Guid Id(int number) => new(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);

    public Guid Service(string name, Uri url, Func<Service, Service>? with = null) => Add(
        EntityKinds.Services,
        Apply(new Service { Id = Guid.NewGuid(), Name = name, Protocol = url.Scheme, Host = url.Host, Port = url.Port, Path = url.AbsolutePath == "/" ? null : url.AbsolutePath }, with),
        ModelJson.Default.Service);

    public Guid Route(string name, Guid? service, Func<Route, Route>? with = null) => Add(
        EntityKinds.Routes,
        Apply(new Route { Id = Guid.NewGuid(), Name = name, Service = Reference(service) }, with),
        ModelJson.Default.Route);

    public Guid Upstream(string name, Func<Upstream, Upstream>? with = null) =>
        Add(EntityKinds.Upstreams, Apply(new Upstream { Id = Guid.NewGuid(), Name = name }, with), ModelJson.Default.Upstream);

    public Guid Target(Guid upstream, string address, int weight = 100) => Add(
        EntityKinds.Targets,
        new Target { Id = Guid.NewGuid(), Address = address, Weight = weight, Upstream = new EntityReference(upstream) },
        ModelJson.Default.Target);

    public Guid Consumer(string username, Func<Consumer, Consumer>? with = null) =>
        Add(EntityKinds.Consumers, Apply(new Consumer { Id = Guid.NewGuid(), Username = username }, with), ModelJson.Default.Consumer);

    public Guid Group(string name, Guid? id = null) =>
        Add(EntityKinds.ConsumerGroups, new ConsumerGroup { Id = id ?? Guid.NewGuid(), Name = name }, ModelJson.Default.ConsumerGroup);

    public Guid Member(Guid group, Guid consumer) => Add(
        EntityKinds.ConsumerGroupMembers,
        new ConsumerGroupMember { Id = Guid.NewGuid(), ConsumerGroup = new EntityReference(group), Consumer = new EntityReference(consumer) },
        ModelJson.Default.ConsumerGroupMember);

    public Guid Certificate(TestPem pem, Guid? id = null, params IReadOnlyList<string> names)
    {
        var certificate = Add(EntityKinds.Certificates, new Certificate { Id = id ?? Guid.NewGuid(), Cert = pem.Certificate, Key = pem.Key }, ModelJson.Default.Certificate);
        foreach (var name in names)
        {
            Add(EntityKinds.Snis, new Sni { Id = Guid.NewGuid(), Name = name, Certificate = new EntityReference(certificate) }, ModelJson.Default.Sni);
        }

        return certificate;
    }

    public Guid Authority(TestPem pem) => Add(EntityKinds.CaCertificates, new CaCertificate { Id = Guid.NewGuid(), Cert = pem.Certificate }, ModelJson.Default.CaCertificate);

    public Guid Plugin(
        string name, JsonObject? config = null, Guid? route = null, Guid? service = null, Guid? consumer = null, Guid? id = null, bool enabled = true, Guid? group = null) => Add(
        EntityKinds.Plugins,
        new Plugin
        {
            Id = id ?? Guid.NewGuid(),
            Name = name,
            Enabled = enabled,
            Config = config ?? [],
            Route = Reference(route),
            Service = Reference(service),
            Consumer = Reference(consumer),
            ConsumerGroup = Reference(group),
            Protocols = ["grpc", "grpcs", "http", "https"],
        },
        ModelJson.Default.Plugin);

    public Guid Put<TEntity>(string kind, TEntity entity, JsonTypeInfo<TEntity> type)
        where TEntity : Entity => Add(kind, entity, type);

    public ConfigurationBuilder Raw(string kind, Guid id, string json)
    {
        _changes.Add(new EntityChange(new EntityKey(kind, id), System.Text.Encoding.UTF8.GetBytes(json)));
        return this;
    }

    public ConfigurationBuilder Delete(string kind, Guid id)
    {
        _changes.Add(new EntityChange(new EntityKey(kind, id), null));
        return this;
    }

    public ConfigurationUpdate Snapshot(long revision = 1) => new(revision, IsSnapshot: true, [.. _changes]);

    public ConfigurationUpdate Delta(long revision) => new(revision, IsSnapshot: false, [.. _changes]);

    private Guid Add<TEntity>(string kind, TEntity entity, JsonTypeInfo<TEntity> type)
        where TEntity : Entity
    {
        var canonical = CanonicalForm.Write(JsonSerializer.SerializeToNode(entity, type)!);
        _changes.Add(new EntityChange(new EntityKey(kind, entity.Id), canonical));
        return entity.Id;
    }

    private static T Apply<T>(T entity, Func<T, T>? with) => with is null ? entity : with(entity);

    private static EntityReference? Reference(Guid? id) => id is { } known ? new EntityReference(known) : null;
}
