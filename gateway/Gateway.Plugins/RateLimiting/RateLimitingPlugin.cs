using System.Globalization;
using Gateway.DataPlane.Pipeline;
using Gateway.Model.Plugins.RateLimiting;
using Gateway.Plugins.Redis;

namespace Gateway.Plugins.RateLimiting;

/// <summary>Kong's <c>rate-limiting</c>: so many requests per calendar period and caller, counted by each process for itself or by all together in Redis.</summary>
internal sealed class RateLimitingPlugin : PluginInstance
{
    private static readonly GatewayResponse NoCounter = GatewayResponse.Error(500, "An unexpected error occurred");

    private readonly RateLimitingConfig _config;
    private readonly LocalCounters _local;
    private readonly RedisCounters? _shared;
    private readonly TimeProvider _time;
    private readonly Limit[] _limits;
    private readonly GatewayResponse _exceeded;

    /// <param name="limits">From the shortest period to the longest.</param>
    /// <param name="local">Counts where nothing is shared, and while Redis is away.</param>
    /// <param name="shared">Null for the local policy.</param>
    public RateLimitingPlugin(RateLimitingConfig config, Limit[] limits, LocalCounters local, RedisCounters? shared, TimeProvider time)
        : base(new PluginPhases { Access = shared is null ? PhaseMode.Inline : PhaseMode.Offloaded })
    {
        _config = config;
        _local = local;
        _shared = shared;
        _time = time;
        _limits = limits;
        _exceeded = GatewayResponse.Error(config.ErrorCode, config.ErrorMessage);
    }

    public override ValueTask<GatewayResponse?> AccessAsync(RequestContext context)
    {
        var caller = Callers.Of(context, _config.LimitBy, _config.HeaderName, _config.Path);
        return _shared is null ? new(TakeLocally(context, caller)) : TakeSharedAsync(context, _shared, caller);
    }

    private async ValueTask<GatewayResponse?> TakeSharedAsync(RequestContext context, RedisCounters shared, CounterKey caller)
    {
        if (await shared.TakeAsync(caller.ForStore()) is not { } reply)
        {
            return _config.FaultTolerant ? TakeLocally(context, caller) : NoCounter;
        }

        var isExceeded = reply.Refusing >= 0;
        if (!_config.HideClientHeaders)
        {
            Span<long> remaining = stackalloc long[_limits.Length];
            for (var i = 0; i < _limits.Length; i++)
            {
                remaining[i] = (long)Math.Max(0, _limits[i].Value - reply.Usage[i]);
            }

            Tell(context.ResponseHeaders, remaining, isExceeded, reply.Now);
        }

        return isExceeded ? _exceeded : null;
    }

    private GatewayResponse? TakeLocally(RequestContext context, CounterKey caller)
    {
        var now = _time.GetUtcNow();
        var counter = _local.Take(caller, _limits, now, out var reached);
        if (!_config.HideClientHeaders)
        {
            Span<long> remaining = stackalloc long[_limits.Length];
            for (var i = 0; i < _limits.Length; i++)
            {
                remaining[i] = (long)Math.Max(0, _limits[i].Value - counter.Usage(_limits[i], now));
            }

            Tell(context.ResponseHeaders, remaining, reached is not null, now);
        }

        return reached is null ? null : _exceeded;
    }

    // Kong's fields, which mirror the IETF draft: the general headers speak of the limit with the least remaining, of equals the longest.
    private void Tell(PendingHeaders headers, ReadOnlySpan<long> remaining, bool isExceeded, DateTimeOffset now)
    {
        var (tightest, least) = (0, string.Empty);
        for (var i = 0; i < _limits.Length; i++)
        {
            var text = remaining[i].ToString(CultureInfo.InvariantCulture);
            headers.Set(_limits[i].LimitHeader, _limits[i].Text);
            headers.Set(_limits[i].RemainingHeader, text);
            if (remaining[i] <= remaining[tightest])
            {
                (tightest, least) = (i, text);
            }
        }

        var reset = Window.SecondsLeft(_limits[tightest].Period, now).ToString(CultureInfo.InvariantCulture);
        headers.Set("RateLimit-Limit", _limits[tightest].Text);
        headers.Set("RateLimit-Remaining", least);
        headers.Set("RateLimit-Reset", reset);
        if (isExceeded)
        {
            headers.Set("Retry-After", reset);
        }
    }
}
