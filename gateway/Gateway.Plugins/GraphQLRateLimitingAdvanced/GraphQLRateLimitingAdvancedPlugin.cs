using System.Globalization;
using System.Runtime.CompilerServices;
using Gateway.DataPlane.Pipeline;
using Gateway.Model.Plugins.GraphQLRateLimitingAdvanced;
using Gateway.Plugins.GraphQL;
using Gateway.Plugins.RateLimiting;
using Gateway.Plugins.RateLimitingAdvanced;
using Gateway.Plugins.Redis;
using Microsoft.AspNetCore.Http;

namespace Gateway.Plugins.GraphQLRateLimitingAdvanced;

/// <summary>Kong's <c>graphql-rate-limiting-advanced</c>: limits what GraphQL queries cost.</summary>
internal sealed class GraphQLRateLimitingAdvancedPlugin : PluginInstance
{
    /// <summary>Counters hold whole numbers, so that they add up exactly; costs have three digits after the point.</summary>
    public const int Scale = 1000;

    private static readonly GatewayResponse TooOften = GraphQLErrors.Answer(StatusCodes.Status429TooManyRequests, "API rate limit exceeded", "RATE_LIMITED");
    private static readonly GatewayResponse TooCostly = GraphQLErrors.Answer(StatusCodes.Status403Forbidden, "API max cost limit exceeded", "MAX_COST_EXCEEDED");
    private static readonly GatewayResponse NoSchema =
        GraphQLErrors.Answer(StatusCodes.Status503ServiceUnavailable, "The schema of the GraphQL server is not available", "SCHEMA_UNAVAILABLE");

    private readonly GraphQLRateLimitingAdvancedConfig _config;
    private readonly CounterWindow[] _windows;
    private readonly WindowHeaders[] _headers;
    private readonly CounterWindow[] _scaled;
    private readonly WindowCounters _local;
    private readonly RedisCounters? _shared;
    private readonly SchemaCache _schemas;
    private readonly Introspection _introspection;
    private readonly TimeProvider _time;
    private readonly ConditionalWeakTable<UpstreamSchema, CostModel> _models = [];

    /// <param name="windows">From the shortest to the longest.</param>
    /// <param name="local">Counts where nothing is shared, and while Redis is away.</param>
    /// <param name="shared">Of <see cref="Scaled"/> windows; null for the local strategy.</param>
    public GraphQLRateLimitingAdvancedPlugin(
        GraphQLRateLimitingAdvancedConfig config,
        CounterWindow[] windows,
        WindowCounters local,
        RedisCounters? shared,
        SchemaCache schemas,
        Introspection introspection,
        TimeProvider time)
        : base(new PluginPhases { Access = PhaseMode.Offloaded })
    {
        _config = config;
        _windows = windows;
        _headers = Array.ConvertAll(windows, window => new WindowHeaders(window));
        _scaled = Scaled(windows);
        _local = local;
        _shared = shared;
        _schemas = schemas;
        _introspection = introspection;
        _time = time;
    }

    public static CounterWindow[] Scaled(CounterWindow[] windows) =>
        Array.ConvertAll(windows, window => new CounterWindow(window.Size, window.Limit * Scale, window.Slides));

    public override async ValueTask<GatewayResponse?> AccessAsync(RequestContext context)
    {
        var reading = await GraphQLReader.ReadAsync(context);
        if (reading.Refusal is not null || reading.Calls.Count == 0)
        {
            return reading.Refusal;
        }

        if (await ModelAsync(context) is not { } model)
        {
            return NoSchema;
        }

        var cost = 0.0;
        for (var i = 0; i < reading.Calls.Count; i++)
        {
            if (GraphQLOperation.Parse(reading.Calls[i], out var refusal) is not { } operation)
            {
                return refusal;
            }

            cost += new QueryCost(model, operation, _config.CostStrategy == "node_quantifier").Compute();
        }

        return await CountAsync(context, Math.Min(cost * _config.ScoreFactor, QueryCost.Most));
    }

    private async ValueTask<CostModel?> ModelAsync(RequestContext context)
    {
        if (_config.Costs.Count == 0)
        {
            return CostModel.Plain;
        }

        return await _schemas.GetAsync(context, _introspection) is { } schema
            ? _models.GetValue(schema, schema => new CostModel(schema, _config.Costs))
            : null;
    }

    private async ValueTask<GatewayResponse?> CountAsync(RequestContext context, double cost)
    {
        if (!_config.HideClientHeaders)
        {
            context.ResponseHeaders.Set("X-Gql-Query-Cost", cost.ToString(CultureInfo.InvariantCulture));
        }

        if (_config.MaxCost > 0 && cost > _config.MaxCost)
        {
            return TooCostly;
        }

        var amount = Math.Max(1, (long)Math.Round(cost * Scale));
        var caller = Callers.Of(context, _config.Identifier, headerName: null, path: null);
        var reply = (_shared is null ? null : await _shared.TakeAsync(caller.ForStore(), amount))
            ?? _local.Take(caller, CounterRule.Within, _scaled, _time.GetUtcNow(), amount);
        if (!_config.HideClientHeaders)
        {
            Tell(context.ResponseHeaders, reply);
        }

        return reply.Refusing < 0 ? null : TooOften;
    }

    private void Tell(PendingHeaders headers, CounterReply reply)
    {
        for (var i = 0; i < _windows.Length; i++)
        {
            var remaining = Math.Floor(Math.Max(0, _windows[i].Limit - (reply.Usage[i] / Scale)));
            headers.Set(_headers[i].Limit, _headers[i].LimitText);
            headers.Set(_headers[i].Remaining, remaining.ToString(CultureInfo.InvariantCulture));
        }

        if (reply.Refusing >= 0)
        {
            headers.Set("Retry-After", RateLimitingAdvancedPlugin.SecondsLeft(_windows[reply.Refusing], reply.Now).ToString(CultureInfo.InvariantCulture));
        }
    }
}
