using System.Globalization;
using Gateway.Tunnel.Identity;

namespace Gateway.Tunnel.Cache;

/// <summary>The files of a cache: <c>GENERATION.snapshot</c>, <c>GENERATION.log</c> (numbers in hexadecimal), <c>starts.json</c> and a lock.</summary>
internal sealed class CacheFolder : IDisposable
{
    private const string SnapshotSuffix = ".snapshot";
    private const string LogSuffix = ".log";
    private const string TemporarySuffix = ".tmp";
    private readonly string _path;
    private readonly FileStream _lock;
    private readonly Func<Stream, Stream> _intercept;

    /// <param name="intercept">Stands between the cache and its files: in tests, a disk that is full.</param>
    /// <exception cref="CacheException">The folder cannot be made or is in use by another process.</exception>
    public CacheFolder(string path, Func<Stream, Stream>? intercept = null)
    {
        (_path, _intercept) = (path, intercept ?? (stream => stream));
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(path);
            }
            else
            {
                Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }

            _lock = new FileStream(Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            foreach (var left in Directory.EnumerateFiles(path, "*" + TemporarySuffix))
            {
                File.Delete(left);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _lock?.Dispose();
            throw new CacheException($"cache folder {path} cannot be used, or is used by another process: {error.Message}");
        }
    }

    private string StartsPath => Path.Combine(_path, "starts.json");

    /// <summary>The generations there are, newest first.</summary>
    public IReadOnlyList<ulong> Generations() =>
        [.. Directory.EnumerateFiles(_path, "*" + SnapshotSuffix)
            .Select(file => ulong.TryParse(Path.GetFileNameWithoutExtension(file), NumberStyles.AllowHexSpecifier, null, out var number) ? number : 0)
            .Where(number => number > 0)
            .OrderDescending()];

    /// <summary>Null where there is no such file.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public ReadOnlyMemory<byte>? Read(ulong generation, SealedFileKind kind)
    {
        try
        {
            return File.ReadAllBytes(PathOf(generation, kind));
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Writes a file whole or not at all: to a temporary one, to the disk, then to its name, and the name to the disk.</summary>
    /// <exception cref="IOException">It is not written.</exception>
    public void WriteWhole(ulong generation, SealedFileKind kind, Action<Stream> write)
    {
        var path = PathOf(generation, kind);
        var temporary = path + TemporarySuffix;
        try
        {
            using (var file = Create(temporary))
            {
                using (var stream = new BufferedStream(_intercept(file), 64 * 1024))
                {
                    write(stream);
                    stream.Flush();
                    file.Flush(flushToDisk: true);
                }
            }

            File.Move(temporary, path, overwrite: true);
            FolderSync.Flush(_path);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Removes what an earlier generation of the same number may have left.</summary>
    public void DeleteLog(ulong generation) => File.Delete(PathOf(generation, SealedFileKind.DeltaLog));

    /// <summary>Begins a file that is added to.</summary>
    public AppendedFile Begin(ulong generation, SealedFileKind kind)
    {
        var file = Create(PathOf(generation, kind));
        try
        {
            // The name first: what is added counts as saved.
            FolderSync.Flush(_path);
            return new AppendedFile(file, _intercept(file));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Removes all generations but these.</summary>
    public void KeepOnly(params ReadOnlySpan<ulong> generations)
    {
        foreach (var generation in Generations())
        {
            if (!generations.Contains(generation))
            {
                // The log first: a log without its snapshot is nothing, the other way round it would be an earlier state.
                File.Delete(PathOf(generation, SealedFileKind.DeltaLog));
                File.Delete(PathOf(generation, SealedFileKind.Snapshot));
            }
        }
    }

    public byte[]? ReadStarts() => File.Exists(StartsPath) ? File.ReadAllBytes(StartsPath) : null;

    public void WriteStarts(ReadOnlySpan<byte> json) => PrivateFile.Write(StartsPath, json, isPrivate: true);

    public void Dispose() => _lock.Dispose();

    /// <summary>For log lines.</summary>
    public string PathOf(ulong generation, SealedFileKind kind) =>
        Path.Combine(_path, generation.ToString("x16", CultureInfo.InvariantCulture) + (kind == SealedFileKind.Snapshot ? SnapshotSuffix : LogSuffix));

    private static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }
}
