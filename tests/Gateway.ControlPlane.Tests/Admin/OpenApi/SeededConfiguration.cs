using System.Text;
using System.Text.Json.Nodes;
using Gateway.ControlPlane.Admin.Collections;
using Gateway.Model.Entities;
using Hybrid.Testing;

namespace Gateway.ControlPlane.Tests.Admin.OpenApi;

/// <summary>A configuration with one entity of every kind, each of which refers to whatever it can.</summary>
internal sealed class SeededConfiguration
{
    public static readonly TestPem Leaf = TestPem.Leaf("seed.test");
    public static readonly TestPem Authority = TestPem.Authority("seed");

    private static readonly TestPem SeedAuthority = TestPem.Authority("other");

    private readonly string _file;

    public SeededConfiguration()
    {
        var consumer = new JsonObject { ["id"] = Id(EntityKinds.Consumers) };
        var certificate = new JsonObject { ["id"] = Id(EntityKinds.Certificates) };
        var file = new JsonObject { ["_format_version"] = "3.0" };
        void Add(string kind, JsonObject entity, string? id = null)
        {
            entity["id"] = id ?? Id(kind);
            entity["tags"] ??= new JsonArray("seed");
            ((JsonArray)(file[kind] ??= new JsonArray())).Add(entity);
        }

        Add(EntityKinds.Certificates, new JsonObject { ["cert"] = Leaf.Certificate, ["key"] = Leaf.Key });
        Add(EntityKinds.Snis, new JsonObject { ["name"] = "seed.test", ["certificate"] = certificate.DeepClone() });
        Add(EntityKinds.CaCertificates, new JsonObject { ["cert"] = SeedAuthority.Certificate });
        Add(EntityKinds.KeySets, new JsonObject { ["name"] = "seed" });
        Add(EntityKinds.Keys, new JsonObject { ["name"] = "seed", ["kid"] = "seed", ["jwk"] = """{"kty":"oct","kid":"seed","k":"YQ"}""", ["set"] = new JsonObject { ["id"] = Id(EntityKinds.KeySets) } });
        Add(EntityKinds.Vaults, new JsonObject { ["name"] = "env", ["prefix"] = "seed" });
        Add(EntityKinds.Services, new JsonObject { ["name"] = "seed", ["protocol"] = "https", ["host"] = "petstore.internal", ["client_certificate"] = certificate.DeepClone() });
        Add(EntityKinds.Routes, new JsonObject { ["name"] = "seed", ["paths"] = new JsonArray("/seed"), ["service"] = new JsonObject { ["id"] = Id(EntityKinds.Services) } });
        Add(EntityKinds.Upstreams, new JsonObject { ["name"] = "petstore.internal", ["client_certificate"] = certificate.DeepClone() });
        Add(EntityKinds.Targets, new JsonObject { ["target"] = "seed.test:80", ["upstream"] = new JsonObject { ["id"] = Id(EntityKinds.Upstreams) } });
        Add(EntityKinds.ConsumerGroups, new JsonObject { ["name"] = "gold" });
        Add(EntityKinds.Consumers, new JsonObject { ["username"] = "alice", ["groups"] = new JsonArray("gold") });
        Add(EntityKinds.KeyAuthCredentials, new JsonObject { ["key"] = "seed", ["consumer"] = consumer.DeepClone() });
        Add(EntityKinds.BasicAuthCredentials, new JsonObject { ["username"] = "seed", ["password"] = "seed", ["consumer"] = consumer.DeepClone() });
        Add(EntityKinds.JwtSecrets, new JsonObject { ["key"] = "seed", ["secret"] = "seed", ["consumer"] = consumer.DeepClone() });
        Add(EntityKinds.Acls, new JsonObject { ["group"] = "seed", ["consumer"] = consumer.DeepClone() });
        Add(EntityKinds.MtlsAuthCredentials, new JsonObject { ["subject_name"] = "seed.test", ["consumer"] = consumer.DeepClone() });
        Add(
            EntityKinds.Plugins,
            new JsonObject
            {
                ["name"] = "rate-limiting",
                ["instance_name"] = "seed",
                ["config"] = new JsonObject { ["minute"] = 5 },
                ["consumer"] = consumer.DeepClone(),
                ["service"] = new JsonObject { ["id"] = Id(EntityKinds.Services) },
                ["route"] = new JsonObject { ["id"] = Id(EntityKinds.Routes) },
            });
        Add(EntityKinds.Plugins, new JsonObject { ["name"] = "correlation-id", ["consumer_group"] = new JsonObject { ["id"] = Id(EntityKinds.ConsumerGroups) } }, GroupsPlugin);
        Add(EntityKinds.Plugins, new JsonObject { ["name"] = "proxy-cache", ["config"] = new JsonObject { ["strategy"] = "memory" } }, CachePlugin);
        _file = file.ToJsonString();
    }

    /// <summary>The one that belongs to a consumer group.</summary>
    public static string GroupsPlugin => "99999999-0000-4000-8000-000000000000";

    /// <summary>The one that keeps responses.</summary>
    public static string CachePlugin => "99999999-0000-4000-8000-000000000001";

    public static string Id(string kind) => $"{EntityCollection.All.Index().First(item => item.Item.Kind == kind).Index:D8}-0000-4000-8000-000000000001";

    /// <summary>The entity that stands for a segment of a path, such as <c>key-auth</c>.</summary>
    public static string? IdBehind(string segment) =>
        EntityCollection.All.FirstOrDefault(collection => collection.Segment == segment || collection.NestedSegment == segment) is { } collection ? Id(collection.Kind) : null;

    /// <summary>Makes the configuration this one, whatever it was.</summary>
    public async Task LoadAsync(HttpClient client, CancellationToken cancellationToken)
    {
        using var loaded = await client.PostAsync("/config", new StringContent(_file, Encoding.UTF8, "application/json"), cancellationToken);
        Assert.True(loaded.IsSuccessStatusCode, await loaded.Content.ReadAsStringAsync(cancellationToken));
    }
}
