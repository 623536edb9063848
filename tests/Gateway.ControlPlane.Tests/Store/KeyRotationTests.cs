using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Gateway.ControlPlane.Store.Sealing;
using Gateway.ControlPlane.Store.Writing;
using Gateway.ControlPlane.Tests.Fixtures;
using Gateway.Model.Entities;

namespace Gateway.ControlPlane.Tests.Store;

/// <summary>Sealing the database anew, on whichever database.</summary>
public abstract class KeyRotationTests(StoreFixture fixture)
{
    /// <summary>More than two batches.</summary>
    private const int Many = 450;

    private const int Opened = 3;

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected StoreFixture Fixture => fixture;

    [Fact]
    public async Task After_it_the_old_key_can_go_and_everything_still_opens()
    {
        var options = await NewDatabaseAsync("1", "1");
        var before = await FillAsync(options);
        WriteRing(options, "2", "1", "2");

        var (count, use) = await StoreKeys.RotateAsync(options, progress: null, Token);

        // The credential hash key, the credentials, and as many documents of the history, with the first one's before its update.
        Assert.Equal(Many + 1 + Many + 2, count);
        Assert.Equal([new KeyUse("1", false, 0, 0), new KeyUse("2", true, Many + 1, Many + Opened)], use);
        Assert.Equal(0, (await StoreKeys.RotateAsync(options, progress: null, Token)).Sealed);
        WriteRing(options, "2", "2");
        await using var store = await RunningStore.StartAsync(options);
        Assert.Equal(before, await ReadAsync(store));
        Assert.Equal("key-7", (string?)(await store.Reader.FindByAsync(EntityKinds.KeyAuthCredentials, "key", "key-7", Token))?["key"]);
        Assert.Equal(before.Digest, Published.Digest(await store.Log.ReadSnapshotAsync(revision: null, Token)));
    }

    [Fact]
    public async Task It_can_be_stopped_and_run_again()
    {
        var options = await NewDatabaseAsync("1", "1");
        var before = await FillAsync(options);
        WriteRing(options, "2", "1", "2");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => StoreKeys.RotateAsync(
            options, progress: sealedNow => { if (sealedNow > 1) { stop.Cancel(); } }, stop.Token));

        var half = await StoreKeys.ReadUseAsync(options, Token);
        Assert.All(half, use => Assert.True(use.Entities > 0, $"{use}"));
        await using (var store = await RunningStore.StartAsync(options))
        {
            Assert.Equal(before, await ReadAsync(store));
        }

        var (_, use) = await StoreKeys.RotateAsync(options, progress: null, Token);
        Assert.True(use[0].IsUnused);
    }

    [Fact]
    public async Task A_key_that_the_ring_lacks_is_named_and_counted_and_nothing_is_lost()
    {
        var options = await NewDatabaseAsync("1", "1");
        var before = await FillAsync(options);
        WriteRing(options, "2", "2");

        var use = await StoreKeys.ReadUseAsync(options, Token);
        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => StoreKeys.RotateAsync(options, progress: null, Token));

        Assert.Equal([new KeyUse("2", true, 0, 0), new KeyUse(null, false, Many + 1, Many + Opened)], use);
        Assert.Contains("sealed under key 1, which the key ring lacks", refused.Message, StringComparison.Ordinal);
        WriteRing(options, "1", "1", "2");
        await using var store = await RunningStore.StartAsync(options);
        Assert.Equal(before, await ReadAsync(store));
    }

    protected async Task<ControlPlaneOptions> NewDatabaseAsync(string active, params string[] keys)
    {
        var options = await fixture.NewDatabaseAsync();
        WriteRing(options, active, keys);
        return options;
    }

    protected static void WriteRing(ControlPlaneOptions options, string active, params string[] keys)
    {
        var ring = new JsonObject
        {
            ["active"] = active,
            ["keys"] = new JsonObject(keys.Select(key => KeyValuePair.Create(key, (JsonNode?)Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(key)))))),
        };
        File.WriteAllText(options.KeyRingPath, ring.ToJsonString());
    }

    /// <summary>Many credentials, of which one was changed, so that the history holds a secret on both sides.</summary>
    private static async Task<Content> FillAsync(ControlPlaneOptions options)
    {
        await using var store = await RunningStore.StartAsync(options);
        var consumer = Entities.Consumer("ada");
        await store.PutAsync(EntityKinds.Consumers, consumer);
        var credentials = Enumerable.Range(0, Many).Select(number => Entities.KeyAuth($"key-{number}", Entities.Id(consumer))).ToList();
        var outcome = await store.Writer.WriteAsync<bool>(
            new WriteOrigin("tester", SourceAddress: null, "admin"),
            alone: false,
            async (session, token) =>
            {
                foreach (var credential in credentials)
                {
                    Assert.Null(await session.PutAsync(EntityKinds.KeyAuthCredentials, credential, token));
                }

                return true;
            },
            Token);
        Assert.Null(outcome.Error);
        credentials[0]["key"] = "another";
        await store.PutAsync(EntityKinds.KeyAuthCredentials, credentials[0]);
        return await ReadAsync(store);
    }

    private static async Task<Content> ReadAsync(RunningStore store)
    {
        var head = await store.Reader.HeadAsync(Token);
        var snapshot = await store.Log.ReadSnapshotAsync(revision: null, Token);
        var entities = await store.Reader.AllAsync(Token);
        var keys = string.Join(',', entities.Where(pair => pair.Key.Kind == EntityKinds.KeyAuthCredentials).Select(pair => (string?)pair.Value["key"]).Order(StringComparer.Ordinal));
        return new Content(head.Revision, Published.Digest(snapshot), keys);
    }

    private sealed record Content(long Revision, string Digest, string Keys);
}
