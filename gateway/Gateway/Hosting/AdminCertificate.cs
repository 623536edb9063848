using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Gateway.Commands;

namespace Gateway.Hosting;

/// <summary>
/// The certificate that the Admin API shows, with its intermediates. The files are compared with what is shown when somebody connects, at most once a second, so that a renewed one is used at
/// once and without a watcher; one that can't be used is reported, and the one before stays.
/// </summary>
internal sealed partial class AdminCertificate : IDisposable
{
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);

    private readonly string _certificate;
    private readonly string _key;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Lock _reading = new();
    private string _digest;
    private long _read;
    private SslStreamCertificateContext _current;

    /// <exception cref="CommandException">The files can't be used.</exception>
    public AdminCertificate(string certificate, string key, TimeProvider time, ILogger logger)
    {
        (_certificate, _key, _time, _logger) = (certificate, key, time, logger);
        try
        {
            var (certificatePem, keyPem) = ReadFiles();
            (_current, _digest, _read) = (Load(certificatePem, keyPem), Digest(certificatePem, keyPem), time.GetTimestamp());
        }
        catch (Exception problem) when (IsUnusable(problem))
        {
            throw new CommandException($"GATEWAY_ADMIN_SSL_CERT: cannot use {certificate} with {key} ({problem.Message.TrimEnd('.')})");
        }
    }

    public SslStreamCertificateContext Current
    {
        get
        {
            lock (_reading)
            {
                if (_time.GetElapsedTime(_read) >= Freshness)
                {
                    _read = _time.GetTimestamp();
                    Reload();
                }

                return _current;
            }
        }
    }

    // The last one is left to the connections that use it.
    public void Dispose() => _current.TargetCertificate.Dispose();

    private void Reload()
    {
        try
        {
            var (certificatePem, keyPem) = ReadFiles();
            var digest = Digest(certificatePem, keyPem);
            if (digest == _digest)
            {
                return;
            }

            // Also where it is none: it is reported once.
            _digest = digest;
            _current = Load(certificatePem, keyPem);
            LogReplaced(_certificate, _current.TargetCertificate.NotAfter.ToUniversalTime());
        }
        catch (Exception problem) when (IsUnusable(problem))
        {
            LogUnusable(_certificate, problem.Message);
        }
    }

    private (string Certificate, string Key) ReadFiles() => (File.ReadAllText(_certificate), File.ReadAllText(_key));

    private static SslStreamCertificateContext Load(string certificatePem, string keyPem)
    {
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(certificatePem);
        var leaf = X509Certificate2.CreateFromPem(certificatePem, keyPem);
        chain.RemoveAt(0);
        return SslStreamCertificateContext.Create(leaf, chain, offline: true);
    }

    private static string Digest(string certificatePem, string keyPem) => Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{certificatePem}\0{keyPem}")));

    private static bool IsUnusable(Exception problem) => problem is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException;

    [LoggerMessage(EventId = 3240, Level = LogLevel.Information, Message = "The Admin API shows the new certificate of {File}, valid until {NotAfter:u}")]
    private partial void LogReplaced(string file, DateTime notAfter);

    [LoggerMessage(EventId = 3241, Level = LogLevel.Warning, Message = "The Admin API's certificate {File} can't be used: {Problem}; the one before stays")]
    private partial void LogUnusable(string file, string problem);
}
