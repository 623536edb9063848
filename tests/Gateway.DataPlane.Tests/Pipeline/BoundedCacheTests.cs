using Gateway.DataPlane.Pipeline;

namespace Gateway.DataPlane.Tests.Pipeline;

public sealed class BoundedCacheTests
{
    [Fact]
    public void What_is_used_stays_and_what_is_not_is_forgotten()
    {
        var cache = new BoundedCache<int, int>(10);
        cache.Set(-1, 1);
        for (var i = 0; i < 1_000; i++)
        {
            cache.Set(i, i);
            Assert.True(cache.TryGet(-1, out _));
        }

        var kept = Enumerable.Range(0, 1_000).Count(i => cache.TryGet(i, out _));

        Assert.InRange(kept, 1, 20);
        Assert.True(cache.TryGet(999, out var last));
        Assert.Equal(999, last);
    }

    [Fact]
    public void A_value_is_replaced()
    {
        var cache = new BoundedCache<string, int>(10);
        cache.Set("a", 1);
        cache.Set("a", 2);

        Assert.True(cache.TryGet("a", out var value));
        Assert.Equal(2, value);
        Assert.False(cache.TryGet("b", out _));
    }
}
