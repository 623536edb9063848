using System.Text;
using System.Text.Json.Nodes;
using Gateway.ControlPlane.Store.Reading;
using Gateway.ControlPlane.Store.Writing;
using Gateway.ControlPlane.Tests.Fixtures;
using Gateway.Model.Credentials;
using Gateway.Model.Entities;
using Gateway.Tunnel.Publication;
using Hybrid.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Gateway.ControlPlane.Tests.Store;

/// <summary>What the store promises, on whichever database.</summary>
public abstract class StoreTests(StoreFixture fixture)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_write_is_read_back_and_moves_the_stable_release()
    {
        await using var store = await RunningStore.StartAsync(await fixture.NewDatabaseAsync());
        var service = Entities.Service("petstore", id: null, "a", "b");

        var revision = await store.PutAsync(EntityKinds.Services, service);

        Assert.True(JsonNode.DeepEquals(service, await store.Reader.FindAsync(EntityKinds.Services, Entities.Id(service), Token)));
        Assert.True(JsonNode.DeepEquals(service, await store.Reader.FindByAsync(EntityKinds.Services, "name", "petstore", Token)));
        var release = Assert.Single(await store.Log.ReadReleasesAsync(Token));
        Assert.Equal(new Release(Release.StableChannel, revision, release.SiteLabels), release);
        var info = (await store.Reader.RevisionsAsync(before: null, size: 1, Token))[0];
        Assert.Equal((revision, "tester", "127.0.0.1", 1), (info.Revision, info.Principal, info.SourceAddress, info.Changes));
    }

    [Fact]
    public async Task Writers_that_change_the_same_entity_lose_no_update()
    {
        const int Writers = 8;
        await using var store = await RunningStore.StartAsync(await fixture.NewDatabaseAsync());
        var service = Entities.Service("counter");
        service["retries"] = 0;
        await store.PutAsync(EntityKinds.Services, service);

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(() => store.Writer.WriteAsync<bool>(
            new WriteOrigin("tester", SourceAddress: null, "admin"),
            alone: false,
            async (session, token) =>
            {
                var current = (await session.FindAsync(EntityKinds.Services, Entities.Id(service), token))!;
                current["retries"] = (int)current["retries"]! + 1;
                return await session.PutAsync(EntityKinds.Services, current, token) is { } error ? error : true;
            },
            Token), Token)));

        Assert.Equal(Writers, (int)(await store.Reader.FindByAsync(EntityKinds.Services, "name", "counter", Token))!["retries"]!);
    }

    [Fact]
    public async Task A_write_that_fails_half_way_leaves_nothing()
    {
        await using var store = await RunningStore.StartAsync(await fixture.NewDatabaseAsync());
        await store.PutAsync(EntityKinds.Services, Entities.Service("taken"));
        var before = Published.Digest(await store.Log.ReadSnapshotAsync(revision: null, Token));

        var refused = await store.Writer.WriteAsync<bool>(
            new WriteOrigin("tester", SourceAddress: null, "admin"),
            alone: false,
            async (session, token) =>
            {
                Assert.Null(await session.PutAsync(EntityKinds.Services, Entities.Service("free", id: null, "left-over"), token));
                return await session.PutAsync(EntityKinds.Services, Entities.Service("taken"), token) is { } error ? error : true;
            },
            Token);
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => store.Writer.WriteAsync<bool>(
            new WriteOrigin("tester", SourceAddress: null, "admin"),
            alone: false,
            async (session, token) =>
            {
                Assert.Null(await session.PutAsync(EntityKinds.Services, Entities.Service("free"), token));
                throw new InvalidTimeZoneException("after the first change");
            },
            Token));

        Assert.Equal(ErrorCode.UniqueViolation, refused.Error!.Code);
        Assert.Equal("UNIQUE violation detected on '{name=\"taken\"}'", refused.Error.Message);
        Assert.Equal("taken", (string?)refused.Error.Fields!["name"]);
        Assert.Equal(before, Published.Digest(await store.Log.ReadSnapshotAsync(revision: null, Token)));
        Assert.Equal(2, (await store.Reader.HeadAsync(Token)).Revision);
        Assert.Null(await store.Reader.FindByAsync(EntityKinds.Services, "name", "free", Token));
        Assert.Empty(await store.Reader.TagsAsync("left-over", after: null, size: 10, Token));
        // The name is free again.
        Assert.Equal(3, await store.PutAsync(EntityKinds.Services, Entities.Service("free")));
    }

    [Fact]
    public async Task Secrets_lie_in_the_database_as_ciphertext_only_and_never_in_the_log()
    {
        const string ApiKey = "an-api-key-that-must-not-be-found";
        const string Password = "a-redis-password-that-must-not-be-found";
        var options = await fixture.NewDatabaseAsync();
        var log = new RecordingLog();
        await using var store = await RunningStore.StartAsync(options, time: null, log);
        var consumer = Entities.Consumer("visible-username");
        await store.PutAsync(EntityKinds.Consumers, consumer);
        var credential = Entities.KeyAuth(ApiKey, Entities.Id(consumer));
        await store.PutAsync(EntityKinds.KeyAuthCredentials, credential);
        var plugin = Entities.Plugin("secretive", new JsonObject { ["redis"] = new JsonObject { ["password"] = Password, ["host"] = "visible-host" } });
        await store.PutAsync(EntityKinds.Plugins, plugin);
        plugin["enabled"] = false;
        await store.PutAsync(EntityKinds.Plugins, plugin);
        await store.TryDeleteAsync(EntityKinds.KeyAuthCredentials, Entities.Id(credential));
        await store.PutAsync(EntityKinds.KeyAuthCredentials, credential);
        var hashKey = (string)Published.Parse((await store.Log.ReadSnapshotAsync(1, Token)).Entities[0])["secret"]!;

        var dump = Encoding.Latin1.GetString(await fixture.DumpAsync(options));

        Assert.Contains("visible-username", dump, StringComparison.Ordinal);
        Assert.Contains("visible-host", dump, StringComparison.Ordinal);
        Assert.DoesNotContain(ApiKey, dump, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, dump, StringComparison.Ordinal);
        Assert.DoesNotContain(hashKey, dump, StringComparison.Ordinal);
        Assert.NotEmpty(log.Lines);
        Assert.All(log.Lines, line =>
        {
            Assert.DoesNotContain(ApiKey, line, StringComparison.Ordinal);
            Assert.DoesNotContain(Password, line, StringComparison.Ordinal);
            Assert.DoesNotContain(hashKey, line, StringComparison.Ordinal);
        });
        Assert.Equal(Password, (string?)(await store.Reader.FindAsync(EntityKinds.Plugins, Entities.Id(plugin), Token))!["config"]!["redis"]!["password"]);
    }

    [Fact]
    public async Task The_same_key_is_refused_without_repeating_it()
    {
        await using var store = await RunningStore.StartAsync(await fixture.NewDatabaseAsync());
        var consumer = Entities.Consumer("alice");
        await store.PutAsync(EntityKinds.Consumers, consumer);
        await store.PutAsync(EntityKinds.KeyAuthCredentials, Entities.KeyAuth("open-sesame", Entities.Id(consumer)));

        var refused = await store.TryPutAsync(EntityKinds.KeyAuthCredentials, Entities.KeyAuth("open-sesame", Entities.Id(consumer)));

        Assert.Equal(ErrorCode.UniqueViolation, refused.Error!.Code);
        Assert.DoesNotContain("open-sesame", refused.Error.ToString(), StringComparison.Ordinal);
        Assert.True(refused.Error.Fields!.ContainsKey("key"));
    }

    [Fact]
    public async Task A_reference_to_nothing_is_refused()
    {
        await using var store = await RunningStore.StartAsync(await fixture.NewDatabaseAsync());
        var nowhere = Guid.NewGuid();

        var refused = await store.TryPutAsync(EntityKinds.Routes, Entities.Route("lost", nowhere));

        Assert.Equal(ErrorCode.ForeignKeyViolation, refused.Error!.Code);
        Assert.Equal($"the foreign key '{{id=\"{nowhere}\"}}' does not reference an existing 'services' entity.", refused.Error.Message);
        Assert.Equal($"{{\"service\":{{\"id\":\"{nowhere}\"}}}}", refused.Error.Fields!.ToJsonString());
    }

    [Fact]
    public async Task A_service_with_routes_is_not_deleted()
    {
        await using var store = await RunningStore.StartAsync(await fixture.NewDatabaseAsync());
        var service = Entities.Service("petstore");
        await store.PutAsync(EntityKinds.Services, service);
        await store.PutAsync(EntityKinds.Routes, Entities.Route("pets", Entities.Id(service)));

        var refused = await store.TryDeleteAsync(EntityKinds.Services, Entities.Id(service));

        Assert.Equal(ErrorCode.ForeignKeyViolation, refused.Error!.Code);
        Assert.Equal("an existing 'routes' entity references this 'services' entity", refused.Error.Message);
        Assert.NotNull(await store.Reader.FindAsync(EntityKinds.Services, Entities.Id(service), Token));
    }

    [Fact]
    public async Task A_consumer_takes_its_credentials_and_plugins_along_each_as_a_change()
    {
        await using var store = await RunningStore.StartAsync(await fixture.NewDatabaseAsync());
        var consumer = Entities.Consumer("alice");
        await store.PutAsync(EntityKinds.Consumers, consumer);
        var credential = Entities.KeyAuth("open-sesame", Entities.Id(consumer));
        await store.PutAsync(EntityKinds.KeyAuthCredentials, credential);
        var plugin = Entities.Plugin("rate-limiting", new JsonObject(), consumer: Entities.Id(consumer));
        await store.PutAsync(EntityKinds.Plugins, plugin);

        var deleted = await store.TryDeleteAsync(EntityKinds.Consumers, Entities.Id(consumer));

        var changes = (await store.Log.ReadChangesAsync(deleted.Value!.Revision - 1, deleted.Value.Revision, Token))[0].Changes;
        Assert.All(changes, change => Assert.Null(change.Canonical));
        Assert.Equal(
            new[] { Entities.Id(consumer), Entities.Id(credential), Entities.Id(plugin) }.Order(),
            changes.Select(change => change.Key.Id).Order());
        Assert.Single((await store.Log.ReadSnapshotAsync(revision: null, Token)).Entities);
    }

    [Fact]
    public async Task A_write_that_changes_nothing_makes_no_revision()
    {
        await using var store = await RunningStore.StartAsync(await fixture.NewDatabaseAsync());
        var service = Entities.Service("petstore");
        var revision = await store.PutAsync(EntityKinds.Services, service);

        var again = await store.TryPutAsync(EntityKinds.Services, (JsonObject)service.DeepClone());

        Assert.Equal((revision, 0), (again.Value!.Revision, again.Value.Changes));
    }

    [Fact]
    public async Task Pages_follow_each_other_and_tags_filter()
    {
        await using var store = await RunningStore.StartAsync(await fixture.NewDatabaseAsync());
        for (var i = 0; i < 25; i++)
        {
            await store.PutAsync(EntityKinds.Services, Entities.Service($"service-{i}", id: null, i % 2 == 0 ? "even" : "odd", i % 5 == 0 ? "five" : "other"));
        }

        var seen = new List<string>();
        for (Guid? after = null; ;)
        {
            var page = await store.Reader.ListAsync(EntityKinds.Services, new EntityQuery { Size = 10, After = after }, Token);
            seen.AddRange(page.Entities.Select(entity => (string)entity["id"]!));
            if (page.Next is null)
            {
                break;
            }

            after = page.Next;
        }

        Assert.Equal(25, seen.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(seen.Order(StringComparer.Ordinal), seen);
        Assert.Equal(3, (await store.Reader.ListAsync(EntityKinds.Services, new EntityQuery { Tags = ["even", "five"] }, Token)).Entities.Count);
        Assert.Equal(15, (await store.Reader.ListAsync(EntityKinds.Services, new EntityQuery { Tags = ["even", "five"], AnyTag = true }, Token)).Entities.Count);
    }

    [Fact]
    public async Task Private_keys_are_ciphertext_and_passwords_are_not_kept_at_all()
    {
        const string Password = "a-password-of-no-one-else";
        var pem = TestPem.Leaf("visible.example.com");
        var options = await fixture.NewDatabaseAsync();
        await using var store = await RunningStore.StartAsync(options);
        var consumer = Entities.Consumer("visible-username");
        await store.PutAsync(EntityKinds.Consumers, consumer);
        var credential = Entities.BasicAuth("visible-login", Password, Entities.Id(consumer));
        await store.PutAsync(EntityKinds.BasicAuthCredentials, credential);
        await store.PutAsync(EntityKinds.Certificates, Entities.Certificate(pem));

        var dump = Encoding.Latin1.GetString(await fixture.DumpAsync(options));
        var published = (await store.Log.ReadSnapshotAsync(revision: null, Token)).Entities;

        Assert.Contains("visible-login", dump, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, dump, StringComparison.Ordinal);
        Assert.DoesNotContain(pem.Key.Split('\n')[1], dump, StringComparison.Ordinal);
        Assert.DoesNotContain((string)credential["password"]!, dump, StringComparison.Ordinal);
        Assert.Equal(pem.Key, (string?)Published.Parse(published.Single(entity => entity.Key.Kind == EntityKinds.Certificates))["key"]);
        var hash = (string)Published.Parse(published.Single(entity => entity.Key.Kind == EntityKinds.BasicAuthCredentials))["password"]!;
        Assert.True(PasswordHash.Verify(hash, Entities.Id(consumer), Password));
    }

    [Fact]
    public async Task The_last_migration_keeps_what_is_there()
    {
        await using var store = await RunningStore.StartAsync(await fixture.NewDatabaseAsync());
        var (service, consumer) = (Entities.Service("petstore", id: null, "a"), Entities.Consumer("alice"));
        await store.PutAsync(EntityKinds.Services, service);
        await store.PutAsync(EntityKinds.Routes, Entities.Route("pets", Entities.Id(service)));
        await store.PutAsync(EntityKinds.Consumers, consumer);
        await store.PutAsync(EntityKinds.KeyAuthCredentials, Entities.KeyAuth("open-sesame", Entities.Id(consumer)));
        await store.PutAsync(EntityKinds.Plugins, Entities.Plugin("key-auth", [], service: Entities.Id(service)));
        var before = Published.Digest(await store.Log.ReadSnapshotAsync(revision: null, Token));

        await using (var context = store.Database.CreateContext())
        {
            var migrator = context.GetService<IMigrator>();
            await migrator.MigrateAsync(context.Database.GetMigrations().SkipLast(1).Last(), Token);
            Assert.Single(await context.Database.GetPendingMigrationsAsync(Token));
            await migrator.MigrateAsync(targetMigration: null, Token);
        }

        Assert.Equal(before, Published.Digest(await store.Log.ReadSnapshotAsync(revision: null, Token)));
        Assert.NotNull(await store.Reader.FindByAsync(EntityKinds.KeyAuthCredentials, "key", "open-sesame", Token));
        Assert.Single((await store.Reader.ListAsync(EntityKinds.Services, new EntityQuery { Tags = ["a"] }, Token)).Entities);
    }
}
