using StackExchange.Redis;

namespace Gateway.Plugins.Redis;

/// <summary>Counters that all data planes share, for the limits of one plugin.</summary>
/// <param name="time">Instead of Redis' clock.</param>
internal sealed class RedisCounters(RedisConnection redis, string prefix, CounterRule rule, IReadOnlyList<CounterWindow> windows, TimeProvider? time = null)
{
    private const int FixedArguments = 4;
    private const int ArgumentsPerWindow = 3;
    private const int TimeArgument = 2;
    private const int AmountArgument = 3;

    private readonly RedisValue[] _arguments = ArgumentsOf(rule, windows);

    /// <summary>Counts one request of a caller. Null where Redis is away.</summary>
    /// <param name="amount">What the request counts for.</param>
    public ValueTask<CounterReply?> TakeAsync(string caller, long amount = 1)
    {
        // Nothing in it changes from one request to the next, unless they count for more than one or a test brings the time.
        var arguments = _arguments;
        if (time is not null || amount != 1)
        {
            arguments = [.. arguments];
            arguments[TimeArgument] = time is null ? RedisValue.EmptyString : time.GetUtcNow().ToUnixTimeMilliseconds();
            arguments[AmountArgument] = amount;
        }

        return AwaitAsync(redis.EvaluateAsync(CounterScript.Text, prefix + caller, arguments));
    }

    private static async ValueTask<CounterReply?> AwaitAsync(ValueTask<RedisResult?> pending)
    {
        if (await pending is not { } result)
        {
            return null;
        }

        var reply = (RedisValue[])result!;
        var usage = new double[reply.Length - 2];
        for (var i = 0; i < usage.Length; i++)
        {
            usage[i] = (double)reply[i + 2];
        }

        return new CounterReply((int)reply[0] - 1, DateTimeOffset.FromUnixTimeMilliseconds((long)reply[1]), usage);
    }

    private static RedisValue[] ArgumentsOf(CounterRule rule, IReadOnlyList<CounterWindow> windows)
    {
        var arguments = new RedisValue[FixedArguments + (windows.Count * ArgumentsPerWindow)];
        arguments[0] = (int)rule;
        arguments[1] = windows.Max(window => window.Lifetime);
        arguments[TimeArgument] = RedisValue.EmptyString;
        arguments[AmountArgument] = 1;
        for (var i = 0; i < windows.Count; i++)
        {
            var at = FixedArguments + (i * ArgumentsPerWindow);
            arguments[at] = windows[i].SizeText;
            arguments[at + 1] = windows[i].LimitText;
            arguments[at + 2] = windows[i].Slides ? 1 : 0;
        }

        return arguments;
    }
}
