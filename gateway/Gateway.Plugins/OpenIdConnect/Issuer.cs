using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace Gateway.Plugins.OpenIdConnect;

/// <summary>
/// An issuer's document and keys. Got when they are first needed, again in the background once three quarters of their lifetime are over, and when a token names a key that is not among them.
/// While the issuer does not answer, what is known goes on being used for a day.
/// </summary>
internal sealed class Issuer(IssuerSettings settings, ProviderClient client, TimeProvider time, ILogger logger)
{
    public static readonly TimeSpan MaximumStaleness = TimeSpan.FromHours(24);

    private const string WellKnown = "/.well-known/";

    private readonly Lock _gate = new();
    private volatile IssuerMetadata? _current;
    private DateTimeOffset _lastAttempt = DateTimeOffset.MinValue;
    private Task _refreshing = Task.CompletedTask;

    /// <summary>Null where the issuer has not answered for too long, or never.</summary>
    public ValueTask<IssuerMetadata?> GetAsync()
    {
        var now = time.GetUtcNow();
        if (Usable(now) is not { } current)
        {
            return new(RefreshedAsync());
        }

        if (now >= current.FetchedAt + (settings.Lifetime * 0.75))
        {
            _ = Refresh();
        }

        return new(current);
    }

    /// <summary>Asks for newer keys, unless that was done of late.</summary>
    /// <param name="seen">What lacked a key.</param>
    public async ValueTask<IssuerMetadata?> RediscoverAsync(IssuerMetadata seen) =>
        ReferenceEquals(_current, seen) ? await RefreshedAsync() : Usable(time.GetUtcNow());

    private async Task<IssuerMetadata?> RefreshedAsync()
    {
        await Refresh();
        return Usable(time.GetUtcNow());
    }

    private IssuerMetadata? Usable(DateTimeOffset now) => _current is { } current && now < current.FetchedAt + MaximumStaleness ? current : null;

    // One attempt at a time, and a pause after each: an issuer that is away gets no storm, and nobody waits for one that just failed.
    private Task Refresh()
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            if (!_refreshing.IsCompleted || now < _lastAttempt + settings.Pause)
            {
                return _refreshing;
            }

            _lastAttempt = now;
            return _refreshing = RefreshAsync();
        }
    }

    private async Task RefreshAsync()
    {
        try
        {
            _current = await FetchAsync();
        }
        catch (ProviderException failure)
        {
            OpenIdConnectLog.IssuerAway(logger, settings.Issuer, failure.Message, _current?.FetchedAt);
        }
    }

    private async Task<IssuerMetadata> FetchAsync()
    {
        var fetchedAt = time.GetUtcNow();
        var isDocument = settings.Issuer.Contains(WellKnown, StringComparison.Ordinal);
        var address = isDocument ? settings.Issuer : settings.Issuer.TrimEnd('/') + WellKnown + "openid-configuration";
        var document = await client.GetAsync(new Uri(address), settings.Timeout);
        if (new Claims(document).Text(["issuer"]) is not { Length: > 0 } issuer)
        {
            throw new ProviderException($"{address} names no issuer");
        }

        // OpenID Connect Discovery 1.0, section 4.3: whoever answers in another's place must not speak for it.
        var allowed = settings.AllowedIssuers;
        if (!isDocument && !string.Equals(issuer, settings.Issuer, StringComparison.Ordinal) && !string.Equals(issuer, settings.Issuer.TrimEnd('/'), StringComparison.Ordinal)
            && !allowed.Contains(issuer, StringComparer.Ordinal))
        {
            throw new ProviderException($"{address} is the document of {issuer}, which is neither config.issuer nor among config.issuers_allowed");
        }

        var metadata = new IssuerMetadata(issuer, allowed.Count > 0 ? allowed : [issuer], [], document, fetchedAt);
        var keys = new List<SecurityKey>();
        if (metadata.Endpoint("jwks_uri") is { } own)
        {
            keys.AddRange(await KeysAsync(own));
        }

        foreach (var extra in settings.ExtraKeyAddresses)
        {
            keys.AddRange(await KeysAsync(new Uri(extra)));
        }

        return keys.Count > 0 ? metadata with { Keys = keys } : throw new ProviderException($"{address} leads to no keys");
    }

    private async Task<IEnumerable<SecurityKey>> KeysAsync(Uri address)
    {
        var json = await client.GetAsync(address, settings.Timeout);
        try
        {
            // A symmetric key that is published is nobody's.
            return new JsonWebKeySet(json.GetRawText()).GetSigningKeys().Where(static key => key is not SymmetricSecurityKey and not JsonWebKey { Kty: JsonWebAlgorithmsKeyTypes.Octet });
        }
        catch (Exception malformed) when (malformed is ArgumentException or JsonException)
        {
            throw new ProviderException($"{address} holds no set of keys", malformed);
        }
    }
}
