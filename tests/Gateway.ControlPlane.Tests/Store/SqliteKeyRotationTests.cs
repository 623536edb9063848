using Gateway.ControlPlane.Store.Sealing;
using Gateway.ControlPlane.Tests.Fixtures;

namespace Gateway.ControlPlane.Tests.Store;

public sealed class SqliteKeyRotationTests(SqliteFixture fixture) : KeyRotationTests(fixture), IClassFixture<SqliteFixture>
{
    [Fact]
    public async Task Beside_a_running_control_plane_it_is_refused()
    {
        var options = await NewDatabaseAsync("1", "1");
        await using var store = await RunningStore.StartAsync(options);

        await Assert.ThrowsAsync<StartRefusedException>(() => StoreKeys.RotateAsync(options, progress: null, Token));
    }
}
