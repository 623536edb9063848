using Gateway.Plugins.ProxyCache;

namespace Gateway.Plugins.Tests.ProxyCache;

public sealed class ResponseMemoryTests
{
    private const int Capacity = 100_000;
    private readonly ManualTime _time = new(new DateTimeOffset(2026, 5, 17, 10, 20, 30, TimeSpan.Zero));

    [Fact]
    public async Task There_are_never_more_bytes_than_the_bound_and_what_is_used_stays()
    {
        var memory = new ResponseMemory(_time, Capacity);
        memory.Keep("used", Response(1000), TimeSpan.FromHours(1));

        for (var i = 0; i < 500; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            Assert.NotNull((await memory.FindAsync("used")).Response);
            memory.Keep($"other-{i}", Response(1000), TimeSpan.FromHours(1));
            Assert.InRange(memory.Size, 0, Capacity);
            await memory.Evicting;
        }

        Assert.InRange(memory.Count, 30, 100);
        Assert.Null((await memory.FindAsync("other-0")).Response);
    }

    [Fact]
    public async Task What_has_expired_is_gone_and_what_is_replaced_counts_once()
    {
        var memory = new ResponseMemory(_time, Capacity);
        memory.Keep("a", Response(10), TimeSpan.FromSeconds(10));
        var size = memory.Size;
        memory.Keep("a", Response(10), TimeSpan.FromSeconds(10));
        Assert.Equal((size, 1), (memory.Size, memory.Count));

        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.Null((await memory.FindAsync("a")).Response);
        Assert.Equal((0, 0), (memory.Size, memory.Count));
    }

    [Fact]
    public async Task Concurrent_writers_keep_the_sum_right()
    {
        var memory = new ResponseMemory(_time, Capacity);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(() =>
        {
            for (var i = 0; i < 2000; i++)
            {
                memory.Keep($"{i % 50}", Response(writer * 10), TimeSpan.FromHours(1));
            }
        })));
        await memory.Evicting;
        _time.Advance(TimeSpan.FromHours(2));
        for (var i = 0; i < 50; i++)
        {
            await memory.FindAsync($"{i}");
        }

        Assert.Equal((0, 0), (memory.Size, memory.Count));
    }

    [Fact]
    public void What_is_written_is_read_again_and_foreign_bytes_are_not()
    {
        var response = Response(3) with
        {
            Headers = [new("Content-Type", "text/plain"), new("Link", new(["<a>", "<b>"]))],
            Vary = ["accept"],
            Key = "key",
            Lifetime = TimeSpan.FromSeconds(7),
            InitialAge = TimeSpan.FromSeconds(2),
            MustRevalidate = true,
            StoredAt = _time.GetUtcNow(),
        };
        var bytes = CachedResponseFormat.Write(response);

        var read = CachedResponseFormat.Read(bytes)!;

        Assert.Equal(response.Body.ToArray(), read.Body.ToArray());
        Assert.Equal(response.Headers, read.Headers);
        Assert.Equal(response.Vary, read.Vary);
        Assert.Equal(
            (200, "key", response.Lifetime, response.InitialAge, true, response.StoredAt), (read.Status, read.Key, read.Lifetime, read.InitialAge, read.MustRevalidate, read.StoredAt));
        for (var length = 0; length < bytes.Length - 3; length++)
        {
            Assert.Null(CachedResponseFormat.Read(bytes.AsMemory(0, length)));
        }
    }

    private static CachedResponse Response(int length) => new() { Status = 200, Body = new byte[length] };
}
