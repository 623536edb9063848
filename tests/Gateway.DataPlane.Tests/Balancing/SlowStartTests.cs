using Gateway.DataPlane.Balancing;
using Gateway.DataPlane.Tests.Dns;
using Microsoft.Extensions.Options;

namespace Gateway.DataPlane.Tests.Balancing;

public sealed class SlowStartTests
{
    private const int Draws = 20_000;

    private readonly SettableClock _clock = new();

    [Theory]
    [InlineData(0, 0.1)]
    [InlineData(5, 0.1)]
    [InlineData(25, 0.25)]
    [InlineData(50, 0.5)]
    [InlineData(99, 0.99)]
    [InlineData(100, 1)]
    [InlineData(1000, 1)]
    public void A_peer_that_was_healed_comes_to_its_share_step_by_step(int seconds, double share)
    {
        var health = Healed();
        var slowStart = Over(seconds: 100);
        _clock.Advance(seconds);

        var kept = Enumerable.Range(0, Draws).Count(_ => !slowStart.SendsBack(health));

        Assert.Equal(share, kept / (double)Draws, 0.02);
    }

    [Fact]
    public void A_peer_that_was_always_healthy_has_its_share() => Assert.False(Over(seconds: 100).SendsBack(new PeerHealth()));

    [Fact]
    public void It_is_off_unless_asked_for() => Assert.All(Enumerable.Range(0, 100), _ => Assert.False(Over(seconds: 0).SendsBack(Healed())));

    private PeerHealth Healed()
    {
        var health = new PeerHealth();
        health.Fail(PeerFailure.Tcp, 1, _clock.GetTimestamp());
        health.Succeed(1, _clock.GetTimestamp());
        return health;
    }

    private SlowStart Over(int seconds) => new(Options.Create(new DataPlaneOptions { UpstreamSlowStart = TimeSpan.FromSeconds(seconds) }), _clock);
}
