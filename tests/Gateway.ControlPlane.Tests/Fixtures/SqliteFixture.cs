namespace Gateway.ControlPlane.Tests.Fixtures;

public sealed class SqliteFixture : StoreFixture
{
    public override async Task<byte[]> DumpAsync(ControlPlaneOptions options)
    {
        var content = new MemoryStream();
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(options.SqlitePath!)!).Where(file => file.StartsWith(options.SqlitePath!, StringComparison.Ordinal) && !file.EndsWith(".lock", StringComparison.Ordinal)))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            await stream.CopyToAsync(content);
        }

        return content.ToArray();
    }

    protected override Task<ControlPlaneOptions> PointAtAsync(ControlPlaneOptions options) =>
        Task.FromResult(options with { SqlitePath = Path.Combine(Folder, $"{Guid.NewGuid():N}.db") });
}
