using Gateway.DataPlane.Pipeline;
using Gateway.Model.Plugins.KeyAuth;
using Gateway.Plugins.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Gateway.Plugins.KeyAuth;

/// <summary>
/// Kong's <c>key-auth</c>: the consumer is who presents a known key in a header, the query or the body. The data plane knows keyed hashes of keys,
/// not keys.
/// </summary>
internal sealed class KeyAuthPlugin : AuthenticationPlugin
{
    private readonly KeyAuthConfig _config;

    // An array is enumerated without an enumerator.
    private readonly string[] _names;
    private readonly TimeProvider _time;
    private readonly GatewayResponse _missing;
    private readonly GatewayResponse _duplicate;
    private readonly GatewayResponse _unknown;

    public KeyAuthPlugin(KeyAuthConfig config, TimeProvider time, ILogger<KeyAuthPlugin> logger)
        : base("key-auth", new PluginPhases { Access = config.KeyInBody ? PhaseMode.Offloaded : PhaseMode.Inline }, config.Anonymous, config.RunOnPreflight, logger)
    {
        _config = config;
        _names = [.. config.KeyNames];
        _time = time;
        var challenge = Challenge("Key", config.Realm);
        _missing = Unauthorized("No API key found in request", challenge);
        _duplicate = Unauthorized("Duplicate API key found", challenge);
        _unknown = Unauthorized("Unauthorized", challenge);
    }

    protected override ValueTask<GatewayResponse?> IdentifyAsync(RequestContext context) =>
        _config.KeyInBody ? IdentifyWithBodyAsync(context) : new(Identify(context, body: null));

    private async ValueTask<GatewayResponse?> IdentifyWithBodyAsync(RequestContext context) =>
        Identify(context, await KeyInBody.ReadAsync(context.Http));

    // Null where the caller is known.
    private GatewayResponse? Identify(RequestContext context, KeyInBody? body)
    {
        var key = Find(context.Http, body);
        if (key.IsDuplicate)
        {
            return _duplicate;
        }

        if (string.IsNullOrEmpty(key.Value))
        {
            return _missing;
        }

        var credential = context.Configuration.FindKeyAuthCredential(key.Value, _time.GetUtcNow());
        if (credential is null)
        {
            return _unknown;
        }

        context.Authenticate(context.Configuration.FindConsumer(credential.Consumer.Id), new AuthenticatedCredential(credential.Id.ToString()));
        return null;
    }

    private PresentedKey Find(HttpContext http, KeyInBody? body)
    {
        foreach (var name in _names)
        {
            PresentedKey key = default;
            if (_config.KeyInHeader)
            {
                var values = http.Request.Headers[name];
                key = new PresentedKey(values.Count == 1 ? values[0] : null, values.Count > 1);
            }

            if (!key.IsPresent && _config.KeyInQuery && http.Request.QueryString.HasValue)
            {
                key = KeyInQuery.Find(http.Request.QueryString.Value.AsMemory(), name);
            }

            if (!key.IsPresent && body is not null)
            {
                key = body.Find(name);
            }

            if (!key.IsPresent)
            {
                continue;
            }

            if (_config.HideCredentials)
            {
                http.Request.Headers.Remove(name);
                KeyInQuery.Hide(http.Request, name);
                body?.Hide(http, name);
            }

            return key;
        }

        return default;
    }
}
