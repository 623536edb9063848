using System.Net;
using Gateway.Model.Plugins.Redis;
using Gateway.Plugins.RateLimiting;
using Gateway.Plugins.RateLimitingAdvanced;
using Gateway.Plugins.Redis;
using Gateway.Plugins.Tests.Redis;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gateway.Plugins.Tests.RateLimitingAdvanced;

public sealed class WindowCountersTests(RedisFixture fixture) : IClassFixture<RedisFixture>
{
    private static readonly DateTimeOffset Now = new(2026, 5, 17, 10, 20, 30, TimeSpan.Zero);
    private static readonly CounterKey Caller = CounterKey.Of(IPAddress.Loopback);

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    public async Task A_process_decides_as_Redis_does(int seed, int kind)
    {
        var random = new Random(seed);
        var slides = kind > 0;
        var rule = kind == 2 ? CounterRule.WithinAndPenalise : CounterRule.Within;
        CounterWindow[] windows = [new(7, 4, slides), new(60, 20.5, slides), new(1000, 200, slides)];
        var time = new ManualTime(Now);
        using var connections = new RedisConnections(NullLogger<RedisConnection>.Instance);
        var connection = connections.Get(new RedisConfig { Host = fixture.Server.Host, Port = fixture.Server.Port });
        var shared = new RedisCounters(connection, $"{Guid.NewGuid():N}:", rule, windows, time);
        var local = new WindowCounters();

        for (var i = 0; i < 1500; i++)
        {
            time.Advance(TimeSpan.FromMilliseconds(random.Next(100) == 0 ? random.Next(-8000, 300_000) : random.Next(0, 2000)));
            var amount = random.Next(1, 4);
            var expected = (await shared.TakeAsync(Caller.ForStore(), amount))!.Value;
            var actual = local.Take(Caller, rule, windows, time.GetUtcNow(), amount);

            Assert.Equal(expected.Refusing, actual.Refusing);
            Assert.Equal(expected.Usage, actual.Usage, (left, right) => Math.Abs(left - right) < 1e-6);
        }

        await connections.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Of_many_threads_exactly_the_limit_passes_while_counters_are_swept()
    {
        var counters = new WindowCounters();
        CounterWindow[] windows = [new(60, 500, slides: false), new(3600, 700, slides: false)];
        using var stop = new CancellationTokenSource();
        var sweeper = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                counters.Sweep(Now);
            }
        });
        var passed = 0;

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 500; i++)
            {
                if (counters.Take(Caller, CounterRule.Within, windows, Now).Refusing < 0)
                {
                    Interlocked.Increment(ref passed);
                }
            }
        })));
        await stop.CancelAsync();
        await sweeper;

        Assert.Equal(500, passed);
    }

    [Fact]
    public void What_no_window_covers_any_more_is_forgotten()
    {
        var counters = new WindowCounters();
        counters.Take(Caller, CounterRule.Within, [new CounterWindow(60, 5, slides: true)], Now);

        counters.Sweep(Now.AddSeconds(60));
        Assert.Equal(1, counters.Count);
        counters.Sweep(Now.AddSeconds(120));
        Assert.Equal(0, counters.Count);
    }
}
