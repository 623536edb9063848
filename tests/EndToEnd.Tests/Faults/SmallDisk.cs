using Hybrid.Testing;

namespace EndToEnd.Tests.Faults;

/// <summary>A file system of its own, small enough to be filled. Needs the right to mount.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private readonly string _folder;

    private SmallDisk(string folder) => _folder = folder;

    private string Filler => Path.Combine(_folder, "filler");

    /// <summary>Null where this machine doesn't let us mount one; the folder is then on the disk that all use.</summary>
    public static async Task<SmallDisk?> TryMountAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        if (!Environment.IsPrivilegedProcess)
        {
            return null;
        }

        var mounted = await RunningProcess.RunAsync("mount", ["-t", "tmpfs", "-o", "size=16m,mode=0700", "tmpfs", folder]);
        return mounted.ExitCode is 0 ? new SmallDisk(folder) : null;
    }

    public void Fill()
    {
        try
        {
            using var filler = new FileStream(Filler, FileMode.Append);
            var block = new byte[64 * 1024];
            while (true)
            {
                filler.Write(block);
                filler.Flush();
            }
        }
        catch (IOException)
        {
            // Full, as it should be.
        }
    }

    public void Empty() => File.Delete(Filler);

    public async ValueTask DisposeAsync() => await RunningProcess.RunAsync("umount", ["--lazy", _folder]);
}
