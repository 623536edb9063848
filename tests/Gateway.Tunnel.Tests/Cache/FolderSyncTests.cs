using Gateway.Tunnel.Cache;
using Hybrid.Testing;

namespace Gateway.Tunnel.Tests.Cache;

public sealed class FolderSyncTests
{
    [Fact]
    public void A_folder_is_synced_and_one_that_is_not_there_is_an_error_that_names_it()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "folders are synced on Linux only");
        using var folder = new TemporaryFolder();
        FolderSync.Flush(folder.PathOf("."));
        var error = Assert.Throws<IOException>(() => FolderSync.Flush(folder.PathOf("nowhere")));
        Assert.Contains(folder.PathOf("nowhere"), error.Message, StringComparison.Ordinal);
    }
}
