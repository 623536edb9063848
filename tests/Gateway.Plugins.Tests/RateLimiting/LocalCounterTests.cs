using System.Net;
using Gateway.Plugins.RateLimiting;

namespace Gateway.Plugins.Tests.RateLimiting;

public sealed class LocalCounterTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 17, 10, 20, 30, TimeSpan.Zero);

    [Fact]
    public async Task Of_many_threads_exactly_the_limit_passes_with_all_periods_in_step()
    {
        Limit[] limits = [new(Period.Minute, 1000), new(Period.Hour, 700), new(Period.Year, 5000)];
        var counter = new LocalCounter();
        var passed = 0;

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 500; i++)
            {
                if (counter.Take(limits, Now) is null)
                {
                    Interlocked.Increment(ref passed);
                }
            }
        })));

        Assert.InRange(passed, 1, 700);
        Assert.All(limits, limit => Assert.Equal(passed, counter.Usage(limit, Now)));
    }

    [Fact]
    public void A_fraction_of_a_limit_lets_one_more_pass()
    {
        Limit[] limits = [new(Period.Minute, 1.5)];
        var counter = new LocalCounter();

        Assert.Null(counter.Take(limits, Now));
        Assert.Null(counter.Take(limits, Now));
        Assert.NotNull(counter.Take(limits, Now));
    }

    [Fact]
    public void What_is_over_is_forgotten_and_what_is_not_stays()
    {
        var counters = new LocalCounters();
        Limit[] minute = [new(Period.Minute, 10)];
        Limit[] year = [new(Period.Year, 10)];
        counters.Take(CounterKey.Of("minute"), minute, Now, out _);
        counters.Take(CounterKey.Of("year"), year, Now, out _);

        var later = Now.AddMinutes(1);
        counters.Sweep(later);

        Assert.Equal(1, counters.Count);
        Assert.Equal(2, counters.Take(CounterKey.Of("year"), year, later, out _).Usage(year[0], later));
    }

    [Fact]
    public async Task Sweeping_beside_requests_loses_no_count()
    {
        var counters = new LocalCounters();
        Limit[] limits = [new(Period.Year, double.MaxValue)];
        using var stop = new CancellationTokenSource();
        var sweeper = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                counters.Sweep(Now.AddSeconds(5));
            }
        });

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 20_000; i++)
            {
                counters.Take(CounterKey.Of(IPAddress.Loopback), limits, Now, out Limit? _);
            }
        })));
        await stop.CancelAsync();
        await sweeper;

        Assert.Equal(80_001, counters.Take(CounterKey.Of(IPAddress.Loopback), limits, Now, out _).Usage(limits[0], Now));
    }

    [Theory]
    [InlineData("Second", 1)]
    [InlineData("Minute", 30)]
    [InlineData("Hour", 2370)]
    [InlineData("Day", 49170)]
    [InlineData("Month", 1172370)]
    [InlineData("Year", 19748370)]
    public void A_window_ends_with_its_calendar_period(string period, int seconds) =>
        Assert.Equal(seconds, Window.SecondsLeft(Enum.Parse<Period>(period), Now));
}
