using Gateway.ControlPlane.Store.Sealing;

namespace Gateway.ControlPlane.Tests.Fixtures;

/// <summary>Makes empty databases of one kind.</summary>
public abstract class StoreFixture : IAsyncLifetime
{
    private string? _folder;

    protected string Folder => _folder!;

    /// <summary>Options for a database of its own; several control planes may be started with the same options where the kind allows it.</summary>
    public async Task<ControlPlaneOptions> NewDatabaseAsync()
    {
        var ring = Path.Combine(Folder, $"{Guid.NewGuid():N}.json");
        KeyRingFile.Create(ring);
        var options = await PointAtAsync(new ControlPlaneOptions { KeyRingPath = ring });
        return options with { PollInterval = TimeSpan.FromMinutes(10) };
    }

    /// <summary>Every byte that the database has written for <paramref name="options"/>.</summary>
    public abstract Task<byte[]> DumpAsync(ControlPlaneOptions options);

    public virtual ValueTask InitializeAsync()
    {
        _folder = Directory.CreateTempSubdirectory("gateway-store-").FullName;
        return ValueTask.CompletedTask;
    }

    public virtual ValueTask DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    protected abstract Task<ControlPlaneOptions> PointAtAsync(ControlPlaneOptions options);
}
