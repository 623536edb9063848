using System.Runtime.InteropServices;

namespace Gateway.Tunnel.Cache;

/// <summary>
/// Brings a folder's entries to the disk. A file that was flushed and renamed is there after a power failure only when its folder was flushed as well (fsync(2), notes).
/// </summary>
internal static partial class FolderSync
{
    // O_RDONLY | O_CLOEXEC, the same on all architectures of Linux that .NET runs on.
    private const int ReadOnly = 0x80000;
    private const int InvalidArgument = 22;
    private const int Interrupted = 4;

    /// <exception cref="IOException">The folder is not there, or its disk fails.</exception>
    public static void Flush(string folder)
    {
        // Elsewhere a rename is journalled with its file, or there is no such call.
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var descriptor = Open(folder, ReadOnly);
        if (descriptor < 0)
        {
            throw Failed(folder);
        }

        try
        {
            while (Fsync(descriptor) != 0)
            {
                switch (Marshal.GetLastPInvokeError())
                {
                    case Interrupted:
                        continue;
                    case InvalidArgument:
                        // A file system that cannot sync a folder, as some of networks: its renames are as durable as they get.
                        return;
                    default:
                        throw Failed(folder);
                }
            }
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    private static IOException Failed(string folder) =>
        new($"{folder} cannot be written to the disk: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Fsync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int descriptor);
}
