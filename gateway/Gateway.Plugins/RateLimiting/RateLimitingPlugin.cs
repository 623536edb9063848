using System.Globalization;
using Gateway.DataPlane.Pipeline;
using Gateway.Model.Plugins.RateLimiting;

namespace Gateway.Plugins.RateLimiting;

/// <summary>Kong's <c>rate-limiting</c> with the local policy: so many requests per calendar period and caller, counted by each process for itself.</summary>
internal sealed class RateLimitingPlugin : PluginInstance
{
    private readonly RateLimitingConfig _config;
    private readonly LocalCounters _counters;
    private readonly TimeProvider _time;
    private readonly Limit[] _limits;
    private readonly GatewayResponse _exceeded;

    public RateLimitingPlugin(RateLimitingConfig config, LocalCounters counters, TimeProvider time)
        : base(new PluginPhases { Access = PhaseMode.Inline })
    {
        _config = config;
        _counters = counters;
        _time = time;
        _limits = [.. LimitsOf(config)];
        _exceeded = GatewayResponse.Error(config.ErrorCode, config.ErrorMessage);
    }

    public override ValueTask<GatewayResponse?> AccessAsync(RequestContext context)
    {
        var now = _time.GetUtcNow();
        var counter = _counters.Take(Caller(context), _limits, now, out var reached);
        if (!_config.HideClientHeaders)
        {
            Tell(context.ResponseHeaders, counter, reached is not null, now);
        }

        return reached is null ? default : new(_exceeded);
    }

    // Kong's fields, which mirror the IETF draft: the general headers speak of the limit with the least remaining, of equals the longest.
    private void Tell(PendingHeaders headers, LocalCounter counter, bool isExceeded, DateTimeOffset now)
    {
        Limit? tightest = null;
        var least = 0L;
        foreach (var limit in _limits)
        {
            var remaining = (long)Math.Max(0, limit.Value - counter.Usage(limit, now));
            headers.Set(limit.LimitHeader, limit.Text);
            headers.Set(limit.RemainingHeader, remaining.ToString(CultureInfo.InvariantCulture));
            if (tightest is null || remaining <= least)
            {
                tightest = limit;
                least = remaining;
            }
        }

        var reset = Window.SecondsLeft(tightest!.Period, now).ToString(CultureInfo.InvariantCulture);
        headers.Set("RateLimit-Limit", tightest.Text);
        headers.Set("RateLimit-Remaining", least.ToString(CultureInfo.InvariantCulture));
        headers.Set("RateLimit-Reset", reset);
        if (isExceeded)
        {
            headers.Set("Retry-After", reset);
        }
    }

    // Who lacks what is limited by is counted by address.
    private CounterKey Caller(RequestContext context)
    {
        switch (_config.LimitBy)
        {
            case "consumer" when context.Consumer is { } consumer:
                return CounterKey.Of(consumer.Id);
            case "consumer" or "credential" when context.Credential is { } credential:
                return CounterKey.Of(credential.Id);
            case "service" when context.Service is { } service:
                return CounterKey.Of(service.Id);
            case "header" when context.Http.Request.Headers[_config.HeaderName!] is [{ Length: > 0 } value, ..]:
                return CounterKey.Of(value);
            case "path" when context.Path.Span.SequenceEqual(_config.Path):
                return CounterKey.Of(_config.Path!);
            default:
                return CounterKey.Of(context.ClientAddress);
        }
    }

    private static IEnumerable<Limit> LimitsOf(RateLimitingConfig config)
    {
        double?[] values = [config.Second, config.Minute, config.Hour, config.Day, config.Month, config.Year];
        for (var period = 0; period < values.Length; period++)
        {
            if (values[period] is { } value)
            {
                yield return new Limit((Period)period, value);
            }
        }
    }
}
