using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Gateway.ControlPlane.Tests.Fixtures;
using Gateway.Model.Configuration;
using Gateway.Model.Entities;
using Gateway.Tunnel.Publication;

namespace Gateway.ControlPlane.Tests.Publication;

/// <summary>What the publisher reads of the store, on whichever database.</summary>
public abstract class RevisionLogTests(StoreFixture fixture)
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
        Assert.Equal(32, Convert.FromBase64String((string)Published.Parse(key)["secret"]!).Length);
        Assert.Equal(first.Revision, second.Revision);
        Assert.Equal(Published.Text(key), Published.Text(Assert.Single(second.Entities)));
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
    public async Task Every_older_revision_is_rebuilt_as_it_was_published()
    {
        await using var store = await RunningStore.StartAsync(await fixture.NewDatabaseAsync());
        var published = new Dictionary<long, string> { [1] = Published.Digest(await store.Log.ReadSnapshotAsync(revision: null, Token)) };
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
                published[committed.Revision] = Published.Digest(await store.Log.ReadSnapshotAsync(revision: null, Token));
            }
        }

        Assert.True(published.Count > 10);
        foreach (var (revision, digest) in published)
        {
            var rebuilt = await store.Log.ReadSnapshotAsync(revision, Token);
            Assert.Equal(revision, rebuilt.Revision);
            Assert.Equal(digest, Published.Digest(rebuilt));
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

            Assert.Equal(published[entry.Revision], Published.Digest(new RevisionSnapshot(entry.Revision, [.. forwards.Select(entity => new EntityChange(entity.Key, entity.Value))])));
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
    public async Task An_api_key_is_published_as_its_hash_only()
    {
        await using var store = await RunningStore.StartAsync(await fixture.NewDatabaseAsync());
        var consumer = Entities.Consumer("alice");
        await store.PutAsync(EntityKinds.Consumers, consumer);
        var revision = await store.PutAsync(EntityKinds.KeyAuthCredentials, Entities.KeyAuth("open-sesame", Entities.Id(consumer)));

        var snapshot = await store.Log.ReadSnapshotAsync(revision: null, Token);
        var change = Assert.Single((await store.Log.ReadChangesAsync(revision - 1, revision, Token))[0].Changes);

        var secret = Convert.FromBase64String((string)Published.Parse(snapshot.Entities.Single(entity => entity.Key.Kind == EntityKinds.CredentialHashKeys))["secret"]!);
        var expected = Convert.ToHexStringLower(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes("open-sesame")));
        var published = snapshot.Entities.Single(entity => entity.Key.Kind == EntityKinds.KeyAuthCredentials);
        Assert.Equal(Published.Text(published), Published.Text(change));
        Assert.Null(Published.Parse(published)["key"]);
        Assert.Equal(expected, (string?)Published.Parse(published)["key_hash"]);
        // And it is found by the key, which the database does not hold.
        Assert.NotNull(await store.Reader.FindByAsync(EntityKinds.KeyAuthCredentials, "key", "open-sesame", Token));
        Assert.Null(await store.Reader.FindByAsync(EntityKinds.KeyAuthCredentials, "key", "sesame", Token));
    }

    [Fact]
    public async Task A_revision_says_whether_it_touches_what_is_limited_to_sites()
    {
        await using var store = await RunningStore.StartAsync(await fixture.NewDatabaseAsync());
        var id = Guid.NewGuid();
        await store.PutAsync(EntityKinds.Services, Entities.Service("a", id, "team-a"));
        await store.PutAsync(EntityKinds.Services, Entities.Service("a", id, "team-a", "sites:region=eu"));
        await store.PutAsync(EntityKinds.Services, Entities.Service("a", id));
        await store.PutAsync(EntityKinds.Services, Entities.Service("b", id));
        await store.PutAsync(EntityKinds.Services, Entities.Service("b", id, "sites:region=eu"));
        await store.TryDeleteAsync(EntityKinds.Services, id);

        Assert.Equal([false, true, true, false, true, true], (await store.Log.ReadChangesAsync(1, 7, Token)).Select(revision => revision.TouchesLimited));
    }

    private static JsonObject Changed(JsonObject service, int step)
    {
        var changed = (JsonObject)service.DeepClone();
        changed["path"] = $"/{step}";
        return changed;
    }
}
