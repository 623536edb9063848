using Gateway.Model.Plugins.Redis;
using Gateway.Plugins.Redis;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gateway.Plugins.Tests.Redis;

/// <summary>The script against a real Redis, with a clock that the test sets.</summary>
public sealed class RedisCountersTests(RedisFixture fixture) : IClassFixture<RedisFixture>, IAsyncDisposable
{
    private readonly ManualTime _time = new(new DateTimeOffset(2027, 12, 31, 23, 59, 30, TimeSpan.Zero));
    private RedisConnections? _connections;

    [Fact]
    public async Task A_window_ends_with_its_period()
    {
        var counters = Counters(CounterRule.Below, new CounterWindow(60, 2, slides: false));

        Assert.True(await PassesAsync(counters));
        Assert.True(await PassesAsync(counters));
        Assert.False(await PassesAsync(counters));
        _time.Advance(TimeSpan.FromSeconds(29));
        Assert.False(await PassesAsync(counters));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(await PassesAsync(counters));
    }

    [Theory]
    [InlineData(CounterWindow.CalendarMonth, "2027-12-31T23:59:59.999Z", "2028-01-01T00:00:00Z")]
    [InlineData(CounterWindow.CalendarMonth, "2028-02-29T23:59:59Z", "2028-03-01T00:00:00Z")]
    [InlineData(CounterWindow.CalendarMonth, "2030-02-28T23:59:59Z", "2030-03-01T00:00:00Z")]
    [InlineData(CounterWindow.CalendarYear, "2028-12-31T23:59:59Z", "2029-01-01T00:00:00Z")]
    public async Task Months_and_years_are_the_calendars(int size, string last, string next)
    {
        var counters = Counters(CounterRule.Below, new CounterWindow(size, 1, slides: false));
        SetTime(DateTimeOffset.Parse(last).AddDays(-27));
        Assert.True(await PassesAsync(counters));
        SetTime(DateTimeOffset.Parse(last));
        Assert.False(await PassesAsync(counters));
        SetTime(DateTimeOffset.Parse(next));
        Assert.True(await PassesAsync(counters));
    }

    [Fact]
    public async Task A_sliding_window_counts_the_share_of_the_one_before_that_it_still_covers()
    {
        SetTime(new DateTimeOffset(2027, 3, 1, 10, 0, 0, TimeSpan.Zero));
        var counters = Counters(CounterRule.Within, new CounterWindow(60, 10, slides: true));
        for (var i = 0; i < 10; i++)
        {
            Assert.True(await PassesAsync(counters));
        }

        // Three quarters of the ten are left, and this one.
        _time.Advance(TimeSpan.FromSeconds(75));
        var reply = (await counters.TakeAsync("caller"))!.Value;
        Assert.Equal((-1, 8.5), (reply.Refusing, Math.Round(reply.Usage[0], 6)));
        Assert.True(await PassesAsync(counters));
        Assert.False(await PassesAsync(counters));

        // Two windows later nothing is left.
        _time.Advance(TimeSpan.FromSeconds(120));
        Assert.Equal(1, (await counters.TakeAsync("caller"))!.Value.Usage[0]);
    }

    [Fact]
    public async Task A_refused_request_is_counted_nowhere_unless_it_is_penalised()
    {
        CounterWindow[] windows = [new(60, 10, slides: true), new(3600, 1, slides: true)];
        var lenient = Counters(CounterRule.Within, windows);
        var strict = Counters(CounterRule.WithinAndPenalise, windows);
        await lenient.TakeAsync("a");
        await strict.TakeAsync("b");

        var forgiven = (await lenient.TakeAsync("a"))!.Value;
        var punished = (await strict.TakeAsync("b"))!.Value;

        Assert.Equal((1, 1.0, 1.0), (forgiven.Refusing, forgiven.Usage[0], forgiven.Usage[1]));
        Assert.Equal((1, 2.0, 2.0), (punished.Refusing, punished.Usage[0], punished.Usage[1]));
    }

    [Fact]
    public async Task A_clock_that_steps_back_a_little_does_not_start_again_and_one_that_was_far_ahead_freezes_nothing()
    {
        var counters = Counters(CounterRule.Below, new CounterWindow(60, 1, slides: false));
        await counters.TakeAsync("caller");
        _time.Advance(TimeSpan.FromSeconds(-40));
        Assert.False(await PassesAsync(counters));

        _time.Advance(TimeSpan.FromDays(-1));
        Assert.True(await PassesAsync(counters));
    }

    [Fact]
    public async Task What_was_counted_expires_by_itself()
    {
        var counters = Counters(CounterRule.Below, new CounterWindow(3600, 1, slides: false));
        await counters.TakeAsync("expiring");

        var keys = (await fixture.Server.AskAsync("--raw", "keys", "*:expiring")).Trim();
        Assert.InRange(int.Parse(await fixture.Server.AskAsync("--raw", "ttl", keys)), 3000, 3600);
    }

    [Fact]
    public async Task A_script_cache_that_was_flushed_is_filled_again()
    {
        var counters = Counters(CounterRule.Below, new CounterWindow(3600, 5, slides: false));
        await counters.TakeAsync("caller");
        await fixture.Server.AskAsync("script", "flush");

        Assert.Equal(2, (await counters.TakeAsync("caller"))!.Value.Usage[0]);
    }

    [Fact]
    public async Task One_request_is_one_command()
    {
        var counters = Counters(CounterRule.Below, new CounterWindow(1, 1000, slides: false), new CounterWindow(3600, 1000, slides: false));
        await counters.TakeAsync("caller");
        var before = await CallsAsync("evalsha");

        for (var i = 0; i < 20; i++)
        {
            await counters.TakeAsync("caller");
        }

        Assert.Equal(20, await CallsAsync("evalsha") - before);
    }

    public async ValueTask DisposeAsync()
    {
        if (_connections is not null)
        {
            await _connections.StopAsync(CancellationToken.None);
            _connections.Dispose();
        }
    }

    private RedisCounters Counters(CounterRule rule, params CounterWindow[] windows)
    {
        _connections ??= new RedisConnections(NullLogger<RedisConnection>.Instance);
        var connection = _connections.Get(new RedisConfig { Host = fixture.Server.Host, Port = fixture.Server.Port });
        return new RedisCounters(connection, $"{Guid.NewGuid():N}:", rule, windows, _time);
    }

    private static async Task<bool> PassesAsync(RedisCounters counters) => (await counters.TakeAsync("caller"))!.Value.Refusing < 0;

    private void SetTime(DateTimeOffset time) => _time.Advance(time - _time.GetUtcNow());

    private async Task<int> CallsAsync(string command)
    {
        var line = (await fixture.Server.AskAsync("info", "commandstats")).Split('\n').Single(line => line.StartsWith($"cmdstat_{command}:", StringComparison.Ordinal));
        return int.Parse(line.Split("calls=")[1].Split(',')[0]);
    }
}
