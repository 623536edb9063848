using System.Text.Json.Nodes;
using Gateway.ControlPlane.Store.Writing;
using Gateway.ControlPlane.Tests.Fixtures;
using Gateway.Model.Configuration;
using Gateway.Model.Entities;

namespace Gateway.ControlPlane.Tests.Store;

public sealed class LargeRevisionTests(SqliteFixture fixture) : IClassFixture<SqliteFixture>
{
    /// <summary>More than the rows of the change log that are written at once, and no multiple of it.</summary>
    private const int Many = 4_321;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_revision_of_many_changes_is_whole_and_moves_the_release()
    {
        await using var store = await RunningStore.StartAsync(await fixture.NewDatabaseAsync());
        var consumers = Enumerable.Range(0, Many).Select(number => Entities.Consumer($"consumer-{number}"))
            .Select(consumer => KeyValuePair.Create(new EntityKey(EntityKinds.Consumers, Entities.Id(consumer)), consumer)).ToList();

        var outcome = await store.Writer.WriteAsync<bool>(
            new WriteOrigin("tester", SourceAddress: null, "declarative"),
            alone: true,
            async (session, token) => await new ConfigurationReplacement(session, [], now: 1_700_000_000).RunAsync(
                [.. consumers.Select(consumer => KeyValuePair.Create(consumer.Key, (JsonObject)consumer.Value.DeepClone()))], token) is { } error ? error : true,
            Token);

        var committed = outcome.Value!;
        Assert.Equal(Many, committed.Changes);
        var revision = Assert.Single(await store.Log.ReadChangesAsync(committed.Revision - 1, committed.Revision, Token));
        Assert.Equal(consumers.Select(consumer => consumer.Key).ToHashSet(), revision.Changes.Select(change => change.Key).ToHashSet());
        Assert.Equal(committed.Revision, Assert.Single(await store.Log.ReadReleasesAsync(Token)).Revision);
        Assert.Equal(Many, (await store.Reader.RevisionsAsync(before: null, size: 1, Token))[0].Changes);
        Assert.Equal(Many, (await store.Reader.AllAsync(Token)).Count);
        Assert.Equal(2, (await store.Reader.HeadAsync(Token)).Revision);
    }
}
