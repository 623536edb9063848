using Gateway.ControlPlane.Tests.Fixtures;

namespace Gateway.ControlPlane.Tests.Store;

public sealed class SqliteStoreTests(SqliteFixture fixture) : StoreTests(fixture), IClassFixture<SqliteFixture>
{
    private readonly SqliteFixture _fixture = fixture;

    [Fact]
    public async Task A_second_control_plane_on_the_same_file_is_refused()
    {
        var options = await _fixture.NewDatabaseAsync();
        await using var first = await RunningStore.StartAsync(options);

        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => RunningStore.StartAsync(options));

        Assert.Equal($"another control plane uses the database {options.SqlitePath}; SQLite serves one, several need PostgreSQL", refused.Message);
    }
}
