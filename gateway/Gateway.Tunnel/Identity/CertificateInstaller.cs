using System.Text;
using System.Text.Json;

namespace Gateway.Tunnel.Identity;

/// <summary>
/// Replaces certificate, key and authorities together. Three files cannot be replaced in one step, so all three are first written to one beside them; a process
/// that dies in between finishes the replacement when it starts again. Processes that share the files take turns.
/// </summary>
internal static class CertificateInstaller
{
    /// <summary>Others hold the lock for the time of a few small writes.</summary>
    private static readonly TimeSpan LockTime = TimeSpan.FromSeconds(10);

    /// <exception cref="CertificateException">The files cannot be written.</exception>
    public static void Install(CertificatePaths paths, CertificateFileSet content) => Locked(paths, () =>
    {
        PrivateFile.Write(JournalOf(paths), JsonSerializer.SerializeToUtf8Bytes(content), isPrivate: true);
        Write(paths, content);
    });

    /// <summary>Replaces the authorities alone.</summary>
    /// <exception cref="CertificateException">The file cannot be written.</exception>
    public static void InstallAuthorities(CertificatePaths paths, string authorities) => Locked(
        paths, () => PrivateFile.Write(paths.Authorities, Encoding.ASCII.GetBytes(authorities), isPrivate: false));

    /// <summary>Finishes what an earlier process began; true where there was something.</summary>
    /// <exception cref="CertificateException">The files cannot be written.</exception>
    public static bool Finish(CertificatePaths paths)
    {
        var journal = JournalOf(paths);
        if (!File.Exists(journal))
        {
            return false;
        }

        Locked(paths, () =>
        {
            if (File.Exists(journal))
            {
                Write(paths, Read(journal));
            }
        });
        return true;
    }

    /// <summary>Null where the files can be replaced; otherwise why not. Changes nothing.</summary>
    public static string? ProblemOf(CertificatePaths paths)
    {
        try
        {
            foreach (var folder in new[] { paths.Certificate, paths.Key, paths.Authorities }.Select(FolderOf).Distinct(StringComparer.Ordinal))
            {
                var probe = Path.Combine(folder, $".{Guid.NewGuid():N}.tmp");
                using (new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose))
                {
                    // That it can be made is all there is to know.
                }
            }

            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return error.Message.TrimEnd('.');
        }
    }

    internal static string JournalOf(CertificatePaths paths) => paths.Certificate + ".replacement";

    private static void Write(CertificatePaths paths, CertificateFileSet content)
    {
        PrivateFile.Write(paths.Key, Encoding.ASCII.GetBytes(content.Key), isPrivate: true);
        PrivateFile.Write(paths.Certificate, Encoding.ASCII.GetBytes(content.Certificate), isPrivate: false);
        PrivateFile.Write(paths.Authorities, Encoding.ASCII.GetBytes(content.Authorities), isPrivate: false);
        File.Delete(JournalOf(paths));
    }

    private static CertificateFileSet Read(string journal)
    {
        try
        {
            return JsonSerializer.Deserialize<CertificateFileSet>(File.ReadAllBytes(journal)) ?? throw new JsonException("it is empty");
        }
        catch (JsonException error)
        {
            // It is written in one step: somebody else was at it.
            throw new CertificateException($"{journal} is no replacement of certificate files: {error.Message}");
        }
    }

    private static void Locked(CertificatePaths paths, Action replace)
    {
        try
        {
            using var turn = TakeLock(paths.Certificate + ".lock");
            replace();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CertificateException($"the certificate files cannot be written: {error.Message}");
        }
    }

    private static FileStream TakeLock(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        FileStream? taken = null;
        SpinWait.SpinUntil(() => (taken = TryOpen(path, options)) is not null, LockTime);
        return taken ?? throw new IOException($"another process holds {path}");
    }

    /// <summary>Null where another process has it.</summary>
    private static FileStream? TryOpen(string path, FileStreamOptions options)
    {
        try
        {
            return new FileStream(path, options);
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }

    private static string FolderOf(string path) => Path.GetDirectoryName(Path.GetFullPath(path))!;
}
