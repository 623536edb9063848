using System.Globalization;
using Gateway.DataPlane.Pipeline;
using Gateway.Model.Plugins.RateLimitingAdvanced;
using Gateway.Plugins.RateLimiting;
using Gateway.Plugins.Redis;

namespace Gateway.Plugins.RateLimitingAdvanced;

/// <summary>Kong's <c>rate-limiting-advanced</c>: limits over fixed or sliding windows of any length.</summary>
internal sealed class RateLimitingAdvancedPlugin : PluginInstance
{
    private readonly RateLimitingAdvancedConfig _config;
    private readonly CounterRule _rule;
    private readonly CounterWindow[] _windows;
    private readonly WindowHeaders[] _headers;
    private readonly WindowCounters _local;
    private readonly RedisCounters? _shared;
    private readonly TimeProvider _time;
    private readonly GatewayResponse _exceeded;

    /// <param name="windows">From the shortest to the longest.</param>
    /// <param name="local">Counts where nothing is shared, and while Redis is away.</param>
    /// <param name="shared">Null for the local strategy.</param>
    public RateLimitingAdvancedPlugin(
        RateLimitingAdvancedConfig config, CounterRule rule, CounterWindow[] windows, WindowCounters local, RedisCounters? shared, TimeProvider time)
        : base(new PluginPhases { Access = shared is null ? PhaseMode.Inline : PhaseMode.Offloaded })
    {
        _config = config;
        _rule = rule;
        _windows = windows;
        _headers = Array.ConvertAll(windows, window => new WindowHeaders(window));
        _local = local;
        _shared = shared;
        _time = time;
        _exceeded = GatewayResponse.Error(config.ErrorCode, config.ErrorMessage);
    }

    public override ValueTask<GatewayResponse?> AccessAsync(RequestContext context)
    {
        var caller = Caller(context);
        return _shared is null ? new(Answer(context, TakeLocally(caller))) : TakeSharedAsync(context, _shared, caller);
    }

    private async ValueTask<GatewayResponse?> TakeSharedAsync(RequestContext context, RedisCounters shared, CounterKey caller) =>
        Answer(context, await shared.TakeAsync(caller.ForStore()) ?? TakeLocally(caller));

    private CounterReply TakeLocally(CounterKey caller) => _local.Take(caller, _rule, _windows, _time.GetUtcNow());

    private GatewayResponse? Answer(RequestContext context, CounterReply reply)
    {
        if (!_config.HideClientHeaders)
        {
            Tell(context.ResponseHeaders, reply);
        }

        return reply.Refusing >= 0 ? _exceeded : null;
    }

    // The general headers speak of the limit that refused, otherwise of the one with the least remaining, of equals the longest.
    private void Tell(PendingHeaders headers, CounterReply reply)
    {
        var tightest = 0;
        var least = double.MaxValue;
        for (var i = 0; i < _windows.Length; i++)
        {
            var remaining = Remaining(reply, i);
            headers.Set(_headers[i].Limit, _headers[i].LimitText);
            headers.Set(_headers[i].Remaining, remaining.ToString(CultureInfo.InvariantCulture));
            if (remaining <= least)
            {
                (tightest, least) = (i, remaining);
            }
        }

        var told = reply.Refusing >= 0 ? reply.Refusing : tightest;
        var reset = SecondsLeft(_windows[told], reply.Now);
        headers.Set("RateLimit-Limit", _headers[told].LimitText);
        headers.Set("RateLimit-Remaining", Remaining(reply, told).ToString(CultureInfo.InvariantCulture));
        headers.Set("RateLimit-Reset", reset.ToString(CultureInfo.InvariantCulture));
        if (reply.Refusing >= 0)
        {
            var jitter = (long)Math.Floor(Random.Shared.NextDouble() * (_config.RetryAfterJitterMax + 1));
            headers.Set("Retry-After", (reset + Math.Min(jitter, (long)_config.RetryAfterJitterMax)).ToString(CultureInfo.InvariantCulture));
        }
    }

    // Of a refusing window nothing is left, though a sliding rate may leave a fraction.
    private long Remaining(CounterReply reply, int window) =>
        window == reply.Refusing ? 0 : (long)Math.Floor(Math.Max(0, _windows[window].Limit - reply.Usage[window]));

    /// <summary>Until the window is over; at least 1.</summary>
    internal static long SecondsLeft(CounterWindow window, DateTimeOffset now)
    {
        var seconds = now.ToUnixTimeMilliseconds() / 1000.0;
        return Math.Max(1, (long)Math.Ceiling(window.Size - (seconds % window.Size)));
    }

    private CounterKey Caller(RequestContext context)
    {
        if (_config.CompoundIdentifier is not { Count: > 0 } several)
        {
            return Callers.Of(context, _config.Identifier, _config.HeaderName, _config.Path);
        }

        var parts = new string[several.Count];
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = Callers.Of(context, several[i], _config.HeaderName, _config.Path).ForStore();
        }

        return CounterKey.Of(string.Join(' ', parts));
    }
}
