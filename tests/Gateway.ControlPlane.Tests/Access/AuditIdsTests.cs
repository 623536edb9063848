using Gateway.ControlPlane.Access.Audit;

namespace Gateway.ControlPlane.Tests.Access;

public sealed class AuditIdsTests
{
    [Fact]
    public void Ids_grow_within_a_millisecond_beyond_4096_and_when_the_clock_goes_back()
    {
        var ids = new AuditIds();
        var now = new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);

        List<Guid> made = [.. Enumerable.Range(0, 10_000).Select(_ => ids.Next(now)), ids.Next(now.AddSeconds(-5)), ids.Next(now.AddSeconds(5))];

        Assert.Equal(made.Order(), made);
        Assert.Equal(made.Count, made.Distinct().Count());
        Assert.All(made, id => Assert.Equal(7, id.Version));
    }
}
