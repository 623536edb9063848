using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Gateway.ControlPlane.Access;

/// <summary>
/// The keys that a provider publishes: read when they are first needed, again when they are old or a token names one that is not among them, and kept while the provider does not answer.
/// </summary>
internal sealed partial class OidcKeys : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Freshness = TimeSpan.FromHours(12);

    // What bounds the calls that tokens with invented keys cause.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private readonly OidcOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = Timeout, MaxResponseContentBufferSize = 1024 * 1024 };
    private readonly HttpDocumentRetriever _documents;
    private readonly SemaphoreSlim _reading = new(1, 1);
    private volatile IReadOnlyList<SecurityKey>? _keys;
    private long _read;
    private long? _triedForNew;

    public OidcKeys(OidcOptions options, TimeProvider time, ILogger logger)
    {
        (_options, _time, _logger) = (options, time, logger);
        // Only a provider on this machine may do without TLS: what it publishes decides who is an administrator.
        _documents = new HttpDocumentRetriever(_http) { RequireHttps = !options.Issuer.IsLoopback };
    }

    /// <summary>Null where they were never read: the provider does not answer.</summary>
    public async Task<IReadOnlyList<SecurityKey>?> GetAsync(CancellationToken cancellationToken)
    {
        if (_keys is { } known && _time.GetElapsedTime(Volatile.Read(ref _read)) < Freshness)
        {
            return known;
        }

        await _reading.WaitAsync(cancellationToken);
        try
        {
            if (_keys is null || _time.GetElapsedTime(_read) >= Freshness)
            {
                await TryReadAsync(cancellationToken);
            }

            return _keys;
        }
        finally
        {
            _reading.Release();
        }
    }

    /// <summary>Reads again what may have been rotated; false where that was tried a moment ago, or nothing could be read.</summary>
    public async Task<bool> TryRenewAsync(CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken);
        try
        {
            if (_triedForNew is { } tried && _time.GetElapsedTime(tried) < Pause)
            {
                return false;
            }

            _triedForNew = _time.GetTimestamp();
            return await TryReadAsync(cancellationToken);
        }
        finally
        {
            _reading.Release();
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        _reading.Dispose();
    }

    private async Task<bool> TryReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var found = await OpenIdConnectConfigurationRetriever.GetAsync($"{_options.Issuer.OriginalString.TrimEnd('/')}/.well-known/openid-configuration", _documents, cancellationToken);
            if (found.Issuer != _options.Issuer.OriginalString)
            {
                LogAnother(_options.Issuer, found.Issuer);
                return false;
            }

            _keys = [.. found.SigningKeys];
            Volatile.Write(ref _read, _time.GetTimestamp());
            return true;
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            LogAway(_options.Issuer, exception.GetBaseException().Message);
            return false;
        }
    }

    [LoggerMessage(EventId = 3211, Level = LogLevel.Warning, Message = "The identity provider {Issuer} does not answer: {Reason}; keys that were read before stay")]
    private partial void LogAway(Uri issuer, string reason);

    [LoggerMessage(EventId = 3212, Level = LogLevel.Error, Message = "The identity provider {Issuer} calls itself {Other}: its keys are not taken (GATEWAY_ADMIN_OIDC_ISSUER)")]
    private partial void LogAnother(Uri issuer, string? other);
}
