using Gateway.DataPlane.Pipeline;
using Gateway.Model.Plugins.KeyAuth;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace Gateway.Plugins.KeyAuth;

/// <summary>
/// Kong's <c>key-auth</c>: the consumer is who presents a known key in a header, the query or the body. The data plane knows keyed hashes of keys,
/// not keys.
/// </summary>
internal sealed class KeyAuthPlugin : PluginInstance
{
    private readonly KeyAuthConfig _config;
    private readonly TimeProvider _time;
    private readonly ILogger<KeyAuthPlugin> _logger;
    private readonly GatewayResponse _missing;
    private readonly GatewayResponse _duplicate;
    private readonly GatewayResponse _unknown;
    private readonly GatewayResponse _noAnonymous = GatewayResponse.Error(StatusCodes.Status500InternalServerError, "An unexpected error occurred");

    public KeyAuthPlugin(KeyAuthConfig config, TimeProvider time, ILogger<KeyAuthPlugin> logger)
        : base(new PluginPhases { Access = config.KeyInBody ? PhaseMode.Offloaded : PhaseMode.Inline })
    {
        _config = config;
        _time = time;
        _logger = logger;
        var challenge = new KeyValuePair<string, StringValues>(
            "WWW-Authenticate", string.IsNullOrEmpty(config.Realm) ? "Key" : $"Key realm=\"{config.Realm}\"");
        _missing = GatewayResponse.Error(StatusCodes.Status401Unauthorized, "No API key found in request", challenge);
        _duplicate = GatewayResponse.Error(StatusCodes.Status401Unauthorized, "Duplicate API key found", challenge);
        _unknown = GatewayResponse.Error(StatusCodes.Status401Unauthorized, "Unauthorized", challenge);
    }

    public override ValueTask<GatewayResponse?> AccessAsync(RequestContext context)
    {
        if (!_config.RunOnPreflight && HttpMethods.IsOptions(context.Http.Request.Method))
        {
            return default;
        }

        // Several authentication plugins, each with an anonymous consumer, are alternatives: one of them is enough.
        if (_config.Anonymous is not null && context.IsAuthenticated)
        {
            return default;
        }

        return _config.KeyInBody ? AuthenticateWithBodyAsync(context) : new(Authenticate(context, body: null));
    }

    private async ValueTask<GatewayResponse?> AuthenticateWithBodyAsync(RequestContext context) =>
        Authenticate(context, await KeyInBody.ReadAsync(context.Http));

    private GatewayResponse? Authenticate(RequestContext context, KeyInBody? body)
    {
        if (Identify(context, body) is not { } refusal)
        {
            return null;
        }

        if (_config.Anonymous is null)
        {
            return refusal;
        }

        if (context.Configuration.FindConsumer(_config.Anonymous) is not { } anonymous)
        {
            KeyAuthLog.AnonymousIsMissing(_logger, _config.Anonymous);
            return _noAnonymous;
        }

        context.Authenticate(anonymous, credential: null);
        return null;
    }

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
        foreach (var name in _config.KeyNames)
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
