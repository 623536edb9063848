using Gateway.ControlPlane.Store.Sealing;
using Gateway.ControlPlane.Tests.Fixtures;
using Gateway.Model.Entities;

namespace Gateway.ControlPlane.Tests.Store;

public sealed class PostgreSqlKeyRotationTests(PostgreSqlFixture fixture) : KeyRotationTests(fixture), IClassFixture<PostgreSqlFixture>
{
    [Fact]
    public async Task Replicas_read_and_write_meanwhile_one_of_them_still_with_the_old_key()
    {
        const int Writes = 60;
        var options = await NewDatabaseAsync("1", "1", "2");
        await using var behind = await RunningStore.StartAsync(options);
        WriteRing(options, "2", "1", "2");
        await using var ahead = await RunningStore.StartAsync(options);
        var consumer = Entities.Consumer("ada");
        await behind.PutAsync(EntityKinds.Consumers, consumer);
        var credentials = Enumerable.Range(0, 20).Select(number => Entities.KeyAuth($"first-{number}", Entities.Id(consumer))).ToList();
        foreach (var credential in credentials)
        {
            await behind.PutAsync(EntityKinds.KeyAuthCredentials, credential);
        }

        var writing = Task.WhenAll(new[] { behind, ahead }.Select((store, side) => Task.Run(
            async () =>
            {
                for (var i = 0; i < Writes; i++)
                {
                    // Each side has its own half, so that the last word is known.
                    var credential = credentials[(i * 2 % credentials.Count) + side];
                    credential["key"] = $"side-{side}-{i}";
                    await store.PutAsync(EntityKinds.KeyAuthCredentials, credential);
                }
            },
            Token)));
        do
        {
            await StoreKeys.RotateAsync(options, progress: null, Token);
        }
        while (!writing.IsCompleted);
        await writing;
        var (_, use) = await StoreKeys.RotateAsync(options, progress: null, Token);

        Assert.True(use[0].IsUnused, $"{use[0]}");
        WriteRing(options, "2", "2");
        await using var after = await RunningStore.StartAsync(options);
        foreach (var credential in credentials)
        {
            var stored = await after.Reader.FindAsync(EntityKinds.KeyAuthCredentials, Entities.Id(credential), Token);
            Assert.Equal((string?)credential["key"], (string?)stored!["key"]);
        }
    }
}
