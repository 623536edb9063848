using System.Text;
using System.Text.Json.Nodes;
using Gateway.ControlPlane.Store.Reading;
using Gateway.ControlPlane.Store.Writing;
using Gateway.ControlPlane.Tests.Fixtures;
using Gateway.Model.Configuration;
using Gateway.Model.Entities;
using Gateway.Tunnel.Publication;

namespace Gateway.ControlPlane.Tests.Store;

/// <summary>What the store promises, on whichever database.</summary>
public abstract class StoreTests(StoreFixture fixture)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_start_publishes_a_credential_hash_key_and_keeps_it()
    {
        var options = await fixture.NewDatabaseAsync();
        RevisionSnapshot first;
        await using (var store = await RunningStore.StartAsync(options))
        {
            first = await store.Log.ReadSnapshotAsync(revision: null, Token);
        }

        await using var again = await RunningStore.StartAsync(options);
        var second = await again.Log.ReadSnapshotAsync(revision: null, Token);

        Assert.Equal(1, first.Revision);
        var key = Assert.Single(first.Entities);
        Assert.Equal(EntityKinds.CredentialHashKeys, key.Key.Kind);
        Assert.Equal(32, Convert.FromBase64String((string)Parse(key)["secret"]!).Length);
        Assert.Equal(first.Revision, second.Revision);
        Assert.Equal(Text(key), Text(Assert.Single(second.Entities)));
    }

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
    public async Task Eight_writers_at_once_leave_a_gapless_log_in_commit_order()
    {
        const int Writers = 8;
        const int Writes = 12;
        await using var store = await RunningStore.StartAsync(await fixture.NewDatabaseAsync());
        var revisions = await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            var mine = new List<long>();
            for (var i = 0; i < Writes; i++)
            {
                mine.Add(await store.PutAsync(EntityKinds.Services, Entities.Service($"service-{writer}-{i}")));
            }

            return mine;
        }, Token)));

        Assert.All(revisions, mine => Assert.Equal(mine.Order(), mine));
        Assert.Equal(Enumerable.Range(2, Writers * Writes).Select(i => (long)i), revisions.SelectMany(mine => mine).Order());
        var log = await store.Log.ReadChangesAsync(after: 0, upTo: Writers * Writes + 1, Token);
        Assert.Equal(Enumerable.Range(1, Writers * Writes + 1).Select(i => (long)i), log.Select(entry => entry.Revision));
        Assert.All(log, entry => Assert.Single(entry.Changes));
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
        var before = Digest(await store.Log.ReadSnapshotAsync(revision: null, Token));

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
        Assert.Equal(before, Digest(await store.Log.ReadSnapshotAsync(revision: null, Token)));
        Assert.Equal(2, (await store.Reader.HeadAsync(Token)).Revision);
        Assert.Null(await store.Reader.FindByAsync(EntityKinds.Services, "name", "free", Token));
        Assert.Empty(await store.Reader.TagsAsync("left-over", after: null, size: 10, Token));
        // The name is free again.
        Assert.Equal(3, await store.PutAsync(EntityKinds.Services, Entities.Service("free")));
    }

    [Fact]
    public async Task Every_older_revision_is_rebuilt_as_it_was_published()
    {
        await using var store = await RunningStore.StartAsync(await fixture.NewDatabaseAsync());
        var published = new Dictionary<long, string> { [1] = Digest(await store.Log.ReadSnapshotAsync(revision: null, Token)) };
        var random = new Random(20261123);
        var services = Enumerable.Range(0, 4).Select(i => Entities.Service($"service-{i}")).ToList();
        var consumers = Enumerable.Range(0, 3).Select(i => Entities.Consumer($"consumer-{i}")).ToList();
        for (var step = 0; step < 40; step++)
        {
            var service = services[random.Next(services.Count)];
            var consumer = consumers[random.Next(consumers.Count)];
            var outcome = random.Next(5) switch
            {
                0 => await store.TryDeleteAsync(EntityKinds.Consumers, Entities.Id(consumer)),
                1 => await store.TryPutAsync(EntityKinds.Consumers, consumer),
                2 => await store.TryPutAsync(EntityKinds.KeyAuthCredentials, Entities.KeyAuth($"key-{step}", Entities.Id(consumer))),
                3 => await store.TryPutAsync(EntityKinds.Services, Changed(service, step)),
                _ => await store.TryPutAsync(EntityKinds.Plugins, Entities.Plugin($"plugin-{step}", new JsonObject { ["minute"] = step }, consumer: Entities.Id(consumer))),
            };
            if (outcome.Value is { Changes: > 0 } committed)
            {
                published[committed.Revision] = Digest(await store.Log.ReadSnapshotAsync(revision: null, Token));
            }
        }

        Assert.True(published.Count > 10);
        foreach (var (revision, digest) in published)
        {
            var rebuilt = await store.Log.ReadSnapshotAsync(revision, Token);
            Assert.Equal(revision, rebuilt.Revision);
            Assert.Equal(digest, Digest(rebuilt));
        }

        Assert.Empty((await store.Log.ReadSnapshotAsync(0, Token)).Entities);
        // The same by way of the changes, forwards from nothing.
        var forwards = new Dictionary<EntityKey, ReadOnlyMemory<byte>>();
        foreach (var entry in await store.Log.ReadChangesAsync(0, published.Keys.Max(), Token))
        {
            foreach (var change in entry.Changes)
            {
                if (change.Canonical is { } canonical)
                {
                    forwards[change.Key] = canonical;
                }
                else
                {
                    Assert.True(forwards.Remove(change.Key));
                }
            }

            Assert.Equal(published[entry.Revision], Digest(new RevisionSnapshot(entry.Revision, [.. forwards.Select(entity => new EntityChange(entity.Key, entity.Value))])));
        }
    }

    [Fact]
    public async Task A_revision_that_was_never_made_is_not_retained()
    {
        await using var store = await RunningStore.StartAsync(await fixture.NewDatabaseAsync());

        await Assert.ThrowsAsync<RevisionNotRetainedException>(() => store.Log.ReadSnapshotAsync(7, Token));
        await Assert.ThrowsAsync<RevisionNotRetainedException>(() => store.Log.ReadChangesAsync(1, 3, Token));
    }

    [Fact]
    public async Task Secrets_lie_in_the_database_as_ciphertext_only()
    {
        const string ApiKey = "an-api-key-that-must-not-be-found";
        const string Password = "a-redis-password-that-must-not-be-found";
        var options = await fixture.NewDatabaseAsync();
        await using var store = await RunningStore.StartAsync(options);
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
        var hashKey = (string)Parse((await store.Log.ReadSnapshotAsync(1, Token)).Entities[0])["secret"]!;

        var dump = Encoding.Latin1.GetString(await fixture.DumpAsync(options));

        Assert.Contains("visible-username", dump, StringComparison.Ordinal);
        Assert.Contains("visible-host", dump, StringComparison.Ordinal);
        Assert.DoesNotContain(ApiKey, dump, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, dump, StringComparison.Ordinal);
        Assert.DoesNotContain(hashKey, dump, StringComparison.Ordinal);
        Assert.Equal(Password, (string?)(await store.Reader.FindAsync(EntityKinds.Plugins, Entities.Id(plugin), Token))!["config"]!["redis"]!["password"]);
    }

    [Fact]
    public async Task An_api_key_is_published_as_its_hash_only()
    {
        await using var store = await RunningStore.StartAsync(await fixture.NewDatabaseAsync());
        var consumer = Entities.Consumer("alice");
        await store.PutAsync(EntityKinds.Consumers, consumer);
        var revision = await store.PutAsync(EntityKinds.KeyAuthCredentials, Entities.KeyAuth("open-sesame", Entities.Id(consumer)));

        var snapshot = await store.Log.ReadSnapshotAsync(revision: null, Token);
        var change = Assert.Single((await store.Log.ReadChangesAsync(revision - 1, revision, Token))[0].Changes);

        var secret = Convert.FromBase64String((string)Parse(snapshot.Entities.Single(entity => entity.Key.Kind == EntityKinds.CredentialHashKeys))["secret"]!);
        var expected = Convert.ToHexStringLower(System.Security.Cryptography.HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes("open-sesame")));
        var published = snapshot.Entities.Single(entity => entity.Key.Kind == EntityKinds.KeyAuthCredentials);
        Assert.Equal(Text(published), Text(change));
        Assert.Null(Parse(published)["key"]);
        Assert.Equal(expected, (string?)Parse(published)["key_hash"]);
        // And it is found by the key, which the database does not hold.
        Assert.NotNull(await store.Reader.FindByAsync(EntityKinds.KeyAuthCredentials, "key", "open-sesame", Token));
        Assert.Null(await store.Reader.FindByAsync(EntityKinds.KeyAuthCredentials, "key", "sesame", Token));
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

    private static JsonObject Changed(JsonObject service, int step)
    {
        var changed = (JsonObject)service.DeepClone();
        changed["path"] = $"/{step}";
        return changed;
    }

    private static string Digest(RevisionSnapshot snapshot)
    {
        var hash = new ConfigurationHash();
        foreach (var entity in snapshot.Entities)
        {
            hash.Add(entity.Key, entity.Canonical!.Value.Span);
        }

        return hash.Digest();
    }

    private static string Text(EntityChange change) => Encoding.UTF8.GetString(change.Canonical!.Value.Span);

    private static JsonObject Parse(EntityChange change) => (JsonObject)JsonNode.Parse(change.Canonical!.Value.Span)!;
}
