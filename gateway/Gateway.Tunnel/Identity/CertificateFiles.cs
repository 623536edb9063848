using Gateway.Tunnel.Enrollment;
using Microsoft.Extensions.Logging;

namespace Gateway.Tunnel.Identity;

/// <summary>
/// The process's certificate, key and authorities, read again when the files change. A set that cannot be used is reported and the one before is kept,
/// so that a certificate and its key may be replaced one after the other.
/// </summary>
public sealed class CertificateFiles : IDisposable
{
    private readonly CertificatePaths _paths;
    private readonly PeerRole _role;
    private readonly string? _trustDomain;
    private readonly ILogger<CertificateFiles> _logger;
    private readonly Lock _reloading = new();
    private readonly List<FileSystemWatcher> _watchers = [];
    private readonly ITimer _poll;
    private string? _reportedDigest;
    private volatile CertificateMaterial _current;

    /// <param name="trustDomain">What our certificate must name; null for whichever it names.</param>
    /// <param name="pollInterval">
    /// How often contents are compared. Notifications of the file system usually come first, but a Kubernetes volume on some file systems sends none.
    /// </param>
    /// <exception cref="CertificateException">The files cannot be used.</exception>
    public CertificateFiles(
        CertificatePaths paths, PeerRole role, string? trustDomain, TimeSpan pollInterval, TimeProvider time, ILogger<CertificateFiles> logger)
    {
        (_paths, _role, _trustDomain, _logger) = (paths, role, trustDomain, logger);
        if (CertificateInstaller.Finish(paths))
        {
            EnrollmentLog.ReplacementFinished(logger, paths.Certificate);
        }

        _current = CertificateMaterial.Load(paths, role, trustDomain);
        if (_current.NotAfter < time.GetUtcNow())
        {
            CertificateLog.Expired(logger, paths.Certificate, _current.NotAfter);
        }

        _poll = time.CreateTimer(_ => Reload(), null, pollInterval, pollInterval);
        Watch();
    }

    public CertificateMaterial Current => _current;

    internal CertificatePaths Paths => _paths;

    /// <summary>Raised after <see cref="Current"/> became another, on a thread of the pool.</summary>
    public event EventHandler? Changed;

    /// <summary>Replaces the files and takes them at once.</summary>
    /// <exception cref="CertificateException">They cannot be written.</exception>
    internal void Install(CertificateFileSet content)
    {
        // Nothing is read while they are written.
        lock (_reloading)
        {
            CertificateInstaller.Install(_paths, content);
        }

        Reload();
    }

    /// <summary>Replaces the authorities alone, and takes them at once.</summary>
    /// <exception cref="CertificateException">They are not usable with our certificate, or cannot be written.</exception>
    internal void InstallAuthorities(string pem)
    {
        lock (_reloading)
        {
            CertificateMaterial.CheckAuthorities(_current, pem, _role);
            CertificateInstaller.InstallAuthorities(_paths, pem);
        }

        Reload();
    }

    /// <summary>Compares the files with what was read, and takes them where they changed and are usable.</summary>
    public void Reload()
    {
        lock (_reloading)
        {
            string? digest = null;
            try
            {
                digest = CertificateMaterial.DigestOf(_paths);
                if (digest == _current.Digest)
                {
                    return;
                }

                _current = CertificateMaterial.Load(_paths, _role, _trustDomain);
                CertificateLog.Reloaded(_logger, _current.Identity, _current.NotAfter);
            }
            catch (CertificateException error)
            {
                // Said once per content: polls would repeat it.
                if (_reportedDigest != (digest ?? error.Message))
                {
                    _reportedDigest = digest ?? error.Message;
                    CertificateLog.NotReloaded(_logger, error.Message);
                }

                return;
            }
        }

        Changed?.Invoke(this, EventArgs.Empty);
    }

    public void Dispose()
    {
        _poll.Dispose();
        foreach (var watcher in _watchers)
        {
            watcher.Dispose();
        }
    }

    private void Watch()
    {
        var folders = new[] { _paths.Certificate, _paths.Key, _paths.Authorities }
            .Select(path => Path.GetDirectoryName(Path.GetFullPath(path))!)
            .Distinct(StringComparer.Ordinal);
        foreach (var folder in folders)
        {
            try
            {
                // The folder, not the file: Kubernetes swaps a symbolic link beside it.
                var watcher = new FileSystemWatcher(folder);
                watcher.Changed += OnChanged;
                watcher.Created += OnChanged;
                watcher.Renamed += OnChanged;
                watcher.EnableRaisingEvents = true;
                _watchers.Add(watcher);
            }
            catch (Exception error) when (error is IOException or ArgumentException)
            {
                // Such as no inotify watches left: polling does it.
                CertificateLog.NotWatched(_logger, folder, error.Message);
            }
        }
    }

    private void OnChanged(object sender, FileSystemEventArgs change) => Reload();
}
