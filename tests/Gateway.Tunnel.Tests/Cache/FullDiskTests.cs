using Gateway.Tunnel.Tests.Support;
using Hybrid.Testing;

namespace Gateway.Tunnel.Tests.Cache;

/// <summary>A file system of a few kilobytes that really is full.</summary>
public sealed class FullDiskTests : IAsyncLifetime
{
    private readonly CacheFixture _fixture = new();
    private string? _missing;

    private string Filler => Path.Combine(_fixture.Folder, "filler");

    public async ValueTask InitializeAsync()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            _missing = "only the superuser of Linux can mount a file system";
            return;
        }

        Directory.CreateDirectory(_fixture.Folder);
        var mounted = await RunningProcess.RunAsync("mount", ["-t", "tmpfs", "-o", "size=256k,mode=0700", "tmpfs", _fixture.Folder]);
        _missing = mounted.ExitCode is 0 ? null : $"no file system can be mounted here: {mounted.Error.Trim()}";
    }

    public async ValueTask DisposeAsync()
    {
        if (_missing is null)
        {
            await RunningProcess.RunAsync("umount", ["--lazy", _fixture.Folder]);
        }

        _fixture.Dispose();
    }

    [Fact]
    public void What_was_saved_before_stays_and_all_there_is_comes_back_with_space()
    {
        Assert.SkipWhen(_missing is not null, _missing ?? "");
        using (var cache = _fixture.Open())
        {
            var content = _fixture.Snapshot(cache, 1, Change.Many(50, 100));
            content = _fixture.Delta(cache, content, Change.Put(1, "kept"));
            Fill();

            // Neither a record of the log nor a generation of its own fits, again and again.
            for (var i = 0; i < 3; i++)
            {
                Assert.Throws<IOException>(() => _fixture.Delta(cache, content, Change.Many(50, 2000)));
            }

            Assert.Empty(Directory.GetFiles(_fixture.Folder, "*.tmp"));
            Assert.Single(Directory.GetFiles(_fixture.Folder, "*.snapshot"));
            Restarted(2);

            File.Delete(Filler);
            _fixture.Delta(cache, content, Change.Put(2, "later"));
        }

        Restarted(3);
    }

    /// <summary>From a copy on another disk: this one is in use.</summary>
    private void Restarted(long revision)
    {
        using var other = new CacheFixture();
        Directory.CreateDirectory(other.Folder);
        foreach (var file in Directory.GetFiles(_fixture.Folder).Where(file => file != Filler && Path.GetFileName(file) != "lock"))
        {
            File.Copy(file, Path.Combine(other.Folder, Path.GetFileName(file)));
        }

        File.Copy(_fixture.KeyFile, other.KeyFile, overwrite: true);
        using var cache = other.Open();
        var content = CacheFixture.Start(cache)!;
        Assert.Equal((revision, _fixture.Saved[revision]), (content.Revision, content.Hash));
    }

    private void Fill()
    {
        using var filler = new FileStream(Filler, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            var block = new byte[1024];
            while (true)
            {
                filler.Write(block);
            }
        }
        catch (IOException)
        {
            // Full, as it should be.
        }
    }
}
