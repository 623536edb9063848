using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using Gateway.ControlPlane.Admin.Collections;
using Gateway.ControlPlane.Store.Reading;
using Gateway.ControlPlane.Tests.Fixtures;
using Gateway.Model.Entities;
using Gateway.Model.Plugins;
using Gateway.Model.Schemas;
using Hybrid.Testing;

namespace Gateway.ControlPlane.Tests.Admin.BadInput;

/// <summary>
/// Random bodies for every kind of entity and every plugin: no answer is 5xx, what <c>validate</c> refuses is not stored, and what it takes is stored or refused for what only
/// the store knows. A failure prints the seed; <c>CsCheck_Seed</c> repeats it.
/// </summary>
public abstract class BadInputTests(StoreFixture fixture)
{
    // Together less than 20 s for one store.
    private const int SecondsForEntities = 11;
    private const int SecondsForOthers = 3;

    // Errors that another entity, not the body, is the reason of.
    private static readonly int[] StoreErrors = [(int)ErrorCode.PrimaryKeyViolation, (int)ErrorCode.ForeignKeyViolation, (int)ErrorCode.UniqueViolation];

    private static readonly TestPem Leaf = TestPem.Leaf("a.test");
    private static readonly TestPem Authority = TestPem.Authority("authority");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_body_is_stored_as_validate_says_and_never_an_error_of_the_server()
    {
        await using var api = await RunningAdminApi.StartAsync(await fixture.NewDatabaseAsync());
        var inputs = new Inputs(await SeedAsync(api), Leaf.Certificate, Leaf.Key, Leaf.PublicKey, Authority.Certificate);
        var bodies = Gen.OneOf([.. EntityCollection.All, .. Enumerable.Repeat(EntityCollection.Of(EntityKinds.Plugins), PluginCatalogue.All.Count / 2)])
            .SelectMany(collection => Gen.Select(inputs.Of(EntitySchemas.For(collection.Kind)), Gen.Bool, Gen.Bool).Select(body => (Collection: collection, Body: body.Item1, AsForm: body.Item2, ByPut: body.Item3)));
        await bodies.SampleAsync(
            async input => await TryWriteAsync(api, input.Collection, input.Body, input.AsForm ? Forms.Of(input.Body) : null, input.ByPut),
            time: SecondsForEntities,
            threads: 1,
            print: input => $"{(input.ByPut ? "PUT" : "POST")} {input.Collection.Kind} {(input.AsForm ? "form " : "")}{Inputs.Text(input.Body)}");
    }

    [Fact]
    public async Task A_patch_leaves_an_entity_valid_or_as_it_was()
    {
        await using var api = await RunningAdminApi.StartAsync(await fixture.NewDatabaseAsync());
        var existing = await SeedAsync(api);
        var inputs = new Inputs(existing, Leaf.Certificate, Leaf.Key, Leaf.PublicKey, Authority.Certificate);
        var kinds = EntityCollection.All.Where(collection => existing.ContainsKey(collection.Kind)).ToArray();
        var patches = Gen.OneOf(kinds).SelectMany(collection => Gen.Select(inputs.Of(EntitySchemas.For(collection.Kind)), Gen.Bool).Select(body => (Collection: collection, Body: body.Item1, AsForm: body.Item2)));
        await patches.SampleAsync(
            async patch =>
            {
                var id = existing[patch.Collection.Kind];
                var before = await FindAsync(api, patch.Collection.Kind, id);
                var status = await SendAsync(api, HttpMethod.Patch, $"/{patch.Collection.Segment}/{id}", patch.Body, patch.AsForm ? Forms.Of(patch.Body) : null);
                var after = await FindAsync(api, patch.Collection.Kind, id);
                Assert.NotNull(after);
                if (status.Status is HttpStatusCode.OK)
                {
                    AssertValid(patch.Collection.Kind, after);
                }
                else
                {
                    Assert.True(JsonNode.DeepEquals(before, after), $"{(int)status.Status} changed {before!.ToJsonString()} to {after.ToJsonString()}");
                }
            },
            time: SecondsForOthers,
            threads: 1,
            print: patch => $"PATCH {patch.Collection.Kind} {(patch.AsForm ? "form " : "")}{Inputs.Text(patch.Body)}");
    }

    [Fact]
    public async Task No_body_query_or_key_makes_an_error_of_the_server()
    {
        await using var api = await RunningAdminApi.StartAsync(await fixture.NewDatabaseAsync());
        var keys = Gen.OneOf("a", "%2F", "..%2F", "%00", "ä", "%ff", "00000000-0000-4000-8000-000000000000", "a b", "'", "~", new string('k', 3000));
        var queries = Gen.OneOf("", "?size=0", "?size=-1", "?size=1000", "?offset=%00", "?offset=AAAA", "?tags=a,b", "?tags=a/b", "?tags=%00", "?tags=,", "?tags=%ff", "?select_tags=%00", "?dry_run=2", "?custom_id=%00");
        var bodies = Gen.OneOf(
            Gen.OneOf(Inputs.Anything.Select(node => (Encoding.UTF8.GetBytes(Inputs.Text(node)), "application/json")), Gen.Byte.Array[0, 40].Select(bytes => (bytes, "application/json"))),
            Forms.Anything.Select(form => (form, "application/x-www-form-urlencoded")),
            Gen.OneOf("{", "{\"a\":1,\"a\":2}", "[]", "\"\"", "{\"name\":\"\\u0000\"}", new string('[', 200)).Select(text => (Encoding.UTF8.GetBytes(text), "application/json")),
            Gen.OneOf("--x\r\n\r\n--x--", "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n--x--\r\n", "--x").Select(text => (Encoding.UTF8.GetBytes(text), "multipart/form-data; boundary=x")),
            Gen.OneOf("_format_version: \"3.0\"\nservices: [{name: &a [*a]}]", "a: *b", "- ", "{_format_version: 3.0, services: [{name: {}}]}", "_format_version: \"1.1\"\nplugins: [{name: [], config: 1}]").Select(text => (Encoding.UTF8.GetBytes(text), "application/yaml")));
        var requests = Gen.Select(Gen.OneOf("GET", "POST", "PUT", "PATCH", "DELETE"), Paths(api), keys, queries, bodies);
        await requests.SampleAsync(
            async request =>
            {
                var (method, path, key, query, (body, type)) = request;
                using var message = new HttpRequestMessage(new HttpMethod(method), path.Replace("KEY", key, StringComparison.Ordinal) + query);
                if (method is not "GET")
                {
                    message.Content = new ByteArrayContent(body);
                    message.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
                }

                using var response = await api.Client.SendAsync(message, Token);
                Assert.True((int)response.StatusCode < 500, $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync(Token)}");
            },
            time: SecondsForOthers,
            threads: 1,
            print: request => $"{request.Item1} {request.Item2} {request.Item3} {request.Item4} {request.Item5.Item2} {Convert.ToBase64String(request.Item5.Item1)}");
    }

    // From the route table, so that a new path is in it by itself.
    private static Gen<string> Paths(RunningAdminApi api)
    {
        var data = api.Client.GetFromJsonAsync<JsonObject>("/endpoints", Token).GetAwaiter().GetResult()!["data"]!.AsArray();
        return Gen.OneOf([.. data.Select(path => System.Text.RegularExpressions.Regex.Replace((string)path!, @"\{[^}]+\}", "KEY", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)))]);
    }

    private static async Task TryWriteAsync(RunningAdminApi api, EntityCollection collection, JsonObject body, byte[]? form, bool byPut)
    {
        var id = Guid.NewGuid();
        if (form is not null)
        {
            form = [.. form, .. Encoding.UTF8.GetBytes($"&id={id}")];
        }

        var named = (JsonObject)body.DeepClone();
        named["id"] = id.ToString("D");
        var validated = await SendAsync(api, HttpMethod.Post, $"/schemas/{collection.Kind}/validate", named, form);
        var written = await SendAsync(api, byPut ? HttpMethod.Put : HttpMethod.Post, $"/{collection.Segment}{(byPut ? $"/{id}" : "")}", named, form);
        var stored = await FindAsync(api, collection.Kind, id);

        var isWritten = written.Status is HttpStatusCode.Created or HttpStatusCode.OK;
        Assert.Equal(isWritten, stored is not null);
        if (stored is not null)
        {
            Assert.True(validated.Status is HttpStatusCode.OK, $"validate refused what was stored: {validated.Text}");
            AssertValid(collection.Kind, stored);
        }
        else if (validated.Status is HttpStatusCode.OK)
        {
            Assert.True(JsonNode.Parse(written.Text)?["code"] is JsonValue code && StoreErrors.Contains((int)code), $"validate took what was not stored: {(int)written.Status} {written.Text}");
        }
    }

    private static async Task<(HttpStatusCode Status, string Text)> SendAsync(RunningAdminApi api, HttpMethod method, string path, JsonObject body, byte[]? form)
    {
        using var request = new HttpRequestMessage(method, path)
        {
            Content = form is null ? new StringContent(Inputs.Text(body), Encoding.UTF8, "application/json") : Forms.Content(form),
        };
        using var response = await api.Client.SendAsync(request, Token);
        var text = await response.Content.ReadAsStringAsync(Token);
        Assert.True((int)response.StatusCode < 500, $"{method} {path}: {(int)response.StatusCode} {text}");
        return (response.StatusCode, text);
    }

    private static Task<JsonObject?> FindAsync(RunningAdminApi api, string kind, Guid id) => api.Get<ConfigurationReader>().FindAsync(kind, id, Token);

    private static void AssertValid(string kind, JsonObject stored)
    {
        var copy = (JsonObject)stored.DeepClone();
        foreach (var (name, _) in stored.Where(member => EntitySchemas.For(kind).Find(member.Key) is null))
        {
            copy.Remove(name);
        }

        Assert.Empty(EntitySchemas.For(kind).Normalise(copy, NormaliseMode.Insert, existing: null, TimeProvider.System).Errors);
    }

    /// <summary>One entity of each kind that others refer to, and some to patch.</summary>
    private static async Task<Dictionary<string, Guid>> SeedAsync(RunningAdminApi api)
    {
        var ids = new Dictionary<string, Guid>(StringComparer.Ordinal);
        foreach (var (path, kind, makeBody) in ((string, string, Func<JsonObject>)[])
        [
            ("/certificates", EntityKinds.Certificates, () => new JsonObject { ["cert"] = Leaf.Certificate, ["key"] = Leaf.Key }),
            ("/ca_certificates", EntityKinds.CaCertificates, () => new JsonObject { ["cert"] = TestPem.Authority("existing").Certificate }),
            ("/key-sets", EntityKinds.KeySets, () => new JsonObject { ["name"] = Inputs.Name(EntityKinds.KeySets) }),
            ("/consumer_groups", EntityKinds.ConsumerGroups, () => new JsonObject { ["name"] = Inputs.Name(EntityKinds.ConsumerGroups) }),
            ("/services", EntityKinds.Services, () => new JsonObject { ["name"] = Inputs.Name(EntityKinds.Services), ["host"] = "a.test" }),
            ("/routes", EntityKinds.Routes, () => new JsonObject { ["name"] = Inputs.Name(EntityKinds.Routes), ["paths"] = new JsonArray("/existing") }),
            ("/consumers", EntityKinds.Consumers, () => new JsonObject { ["username"] = Inputs.Name(EntityKinds.Consumers) }),
            ("/upstreams", EntityKinds.Upstreams, () => new JsonObject { ["name"] = Inputs.Name(EntityKinds.Upstreams) }),
            ($"/upstreams/{Inputs.Name(EntityKinds.Upstreams)}/targets", EntityKinds.Targets, () => new JsonObject { ["target"] = "existing.test:80" }),
            ($"/consumers/{Inputs.Name(EntityKinds.Consumers)}/key-auth", EntityKinds.KeyAuthCredentials, () => new JsonObject { ["key"] = "existing" }),
            ("/consumers/existing-consumers.test/basic-auth", EntityKinds.BasicAuthCredentials, () => new JsonObject { ["username"] = "existing", ["password"] = "existing" }),
            ("/consumers/existing-consumers.test/jwt", EntityKinds.JwtSecrets, () => new JsonObject()),
            ("/consumers/existing-consumers.test/acls", EntityKinds.Acls, () => new JsonObject { ["group"] = "existing" }),
            ("/vaults", EntityKinds.Vaults, () => new JsonObject { ["name"] = "env", ["prefix"] = "existing" }),
            ("/snis", EntityKinds.Snis, () => new JsonObject { ["name"] = "existing.test", ["certificate"] = new JsonObject { ["id"] = ids.GetValueOrDefault(EntityKinds.Certificates).ToString("D") } }),
            ("/plugins", EntityKinds.Plugins, () => new JsonObject { ["name"] = "correlation-id" }),
        ])
        {
            using var response = await api.Client.PostAsJsonAsync(path, makeBody(), Token);
            Assert.True(response.StatusCode is HttpStatusCode.Created, await response.Content.ReadAsStringAsync(Token));
            ids[kind] = Guid.Parse((string)(await response.Content.ReadFromJsonAsync<JsonObject>(Token))!["id"]!);
        }

        return ids;
    }
}
