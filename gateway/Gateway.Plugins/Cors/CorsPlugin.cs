using System.Globalization;
using Gateway.DataPlane.Pipeline;
using Gateway.Model.Plugins.Cors;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Gateway.Plugins.Cors;

/// <summary>Kong's <c>cors</c>: answers preflights, and says on every other response who may read it.</summary>
internal sealed class CorsPlugin : PluginInstance
{
    private const string RequestPrivateNetwork = "Access-Control-Request-Private-Network";
    private const string AllowPrivateNetwork = "Access-Control-Allow-Private-Network";

    private static readonly object Answered = new();

    private readonly CorsConfig _config;
    private readonly AllowedOrigins _origins;
    private readonly string? _headers;
    private readonly string? _exposed;
    private readonly string _methods;
    private readonly string? _maxAge;

    public CorsPlugin(CorsConfig config)
        : base(new PluginPhases { Access = PhaseMode.Inline, Response = PhaseMode.Inline })
    {
        _config = config;
        _origins = new AllowedOrigins(config);
        _headers = Join(config.Headers);
        _exposed = Join(config.ExposedHeaders);
        _methods = string.Join(',', config.Methods ?? new CorsConfig().Methods!);
        _maxAge = config.MaxAge?.ToString(CultureInfo.InvariantCulture);
    }

    public override ValueTask<GatewayResponse?> AccessAsync(RequestContext context)
    {
        var request = context.Http.Request;
        if (!HttpMethods.IsOptions(request.Method)
            || request.Headers.Origin is not [{ } origin, ..]
            || request.Headers.AccessControlRequestMethod.Count == 0)
        {
            return default;
        }

        // A preflight's answer is complete as it is, whoever gives it.
        context.SetItem(this, Answered);
        return _config.PreflightContinue ? default : new(Preflight(request.Headers, origin));
    }

    public override ValueTask ResponseAsync(RequestContext context)
    {
        var origin = context.Http.Request.Headers.Origin is [{ } first, ..] ? first : null;
        if (context.GetItem(this) is null && (origin is not null || _config.AllowOriginAbsent))
        {
            var headers = context.Http.Response.Headers;
            Allow(headers, origin);
            if (_exposed is not null)
            {
                headers.AccessControlExposeHeaders = _exposed;
            }
        }

        return ValueTask.CompletedTask;
    }

    private GatewayResponse Preflight(IHeaderDictionary request, string origin)
    {
        IHeaderDictionary headers = new HeaderDictionary();
        Allow(headers, origin);
        StringValues allowed = _headers ?? request.AccessControlRequestHeaders;
        if (allowed.Count > 0)
        {
            headers.AccessControlAllowHeaders = allowed;
        }

        headers.AccessControlAllowMethods = _methods;
        if (_maxAge is not null)
        {
            headers.AccessControlMaxAge = _maxAge;
        }

        if (_config.PrivateNetwork && request[RequestPrivateNetwork] == "true")
        {
            headers[AllowPrivateNetwork] = "true";
        }

        return new GatewayResponse(StatusCodes.Status200OK) { Headers = [.. headers] };
    }

    private void Allow(IHeaderDictionary headers, string? origin)
    {
        if (AllowOrigin(headers, origin))
        {
            // Credentials and "*" exclude each other (Fetch standard, section 3.3.5): the client's own origin is named instead.
            if (!_config.Credentials || origin is null)
            {
                return;
            }

            AddVary(headers);
            headers.AccessControlAllowOrigin = origin;
        }

        if (_config.Credentials)
        {
            headers.AccessControlAllowCredentials = "true";
        }
    }

    // True where every origin is allowed.
    private bool AllowOrigin(IHeaderDictionary headers, string? origin)
    {
        if (_origins.IsAny)
        {
            headers.AccessControlAllowOrigin = "*";
            return true;
        }

        AddVary(headers);
        if (_origins.Only is { } only)
        {
            headers.AccessControlAllowOrigin = only;
            return false;
        }

        if (origin is not null && _origins.HasAny)
        {
            headers.AccessControlAllowOrigin = "*";
            return true;
        }

        // Not what the upstream says, where the client's origin is not allowed.
        headers.AccessControlAllowOrigin = origin is null ? StringValues.Empty : _origins.Find(origin);
        return false;
    }

    private static void AddVary(IHeaderDictionary headers)
    {
        foreach (var value in headers.Vary)
        {
            if (value is not null && value.Contains("Origin", StringComparison.OrdinalIgnoreCase))
            {
                return;
            }
        }

        headers.Vary = StringValues.Concat(headers.Vary, "Origin");
    }

    private static string? Join(IReadOnlyList<string>? values) => values is { Count: > 0 } ? string.Join(',', values) : null;
}
