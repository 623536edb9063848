using Gateway.DataPlane.Balancing;

namespace Gateway.DataPlane.Tests.Balancing;

public sealed class WeightedRoundRobinTests
{
    [Theory]
    [InlineData(100, 100)]
    [InlineData(3, 1)]
    [InlineData(1, 2, 3, 4)]
    [InlineData(65535, 1)]
    [InlineData(100, 100, 50, 25)]
    [InlineData(7, 0, 5)]
    [InlineData(1000, 999)]
    public void Every_cycle_gives_each_target_exactly_its_weight(params int[] weights)
    {
        var (balancer, targets) = Create(weights);
        var divisor = weights.Where(weight => weight > 0).Aggregate((left, right) => (int)System.Numerics.BigInteger.GreatestCommonDivisor(left, right));
        var cycle = weights.Sum() / divisor;

        for (var round = 0; round < 2; round++)
        {
            var counts = new int[weights.Length];
            for (var turn = 0; turn < cycle; turn++)
            {
                counts[targets.IndexOf(Pick(balancer))]++;
            }

            Assert.Equal(weights.Select(weight => weight / divisor), counts);
        }
    }

    [Fact]
    public void A_heavy_target_s_turns_are_spread_over_the_cycle()
    {
        var (balancer, targets) = Create(5, 5, 5);

        var turns = Enumerable.Range(0, 30).Select(_ => targets.IndexOf(Pick(balancer))).ToList();

        Assert.DoesNotContain(Enumerable.Range(1, turns.Count - 1), i => turns[i] == turns[i - 1]);
    }

    [Fact]
    public void A_light_target_s_turns_come_regularly()
    {
        var (balancer, targets) = Create(9, 1);

        var turns = Enumerable.Range(0, 100).Where(_ => targets.IndexOf(Pick(balancer)) == 1).ToList();

        Assert.Equal(10, turns.Count);
        Assert.All(turns.Zip(turns.Skip(1)), pair => Assert.Equal(10, pair.Second - pair.First));
    }

    [Fact]
    public void Without_a_weight_there_is_no_target() => Assert.Null(Create(0, 0).Balancer.Pick(default, hash: null));

    [Fact]
    public void A_target_that_failed_is_avoided_while_there_are_others()
    {
        var (balancer, targets) = Create(1000, 1);
        var failed = default(FailedTargets);
        failed.Add(targets[0]);

        for (var i = 0; i < 100; i++)
        {
            Assert.Same(targets[1], balancer.Pick(failed, hash: null));
        }

        failed.Add(targets[1]);
        Assert.NotNull(balancer.Pick(failed, hash: null));
    }

    [Fact]
    public void Many_threads_together_get_exactly_the_weights()
    {
        var (balancer, targets) = Create(3, 2, 1);
        var counts = new int[3];

        Parallel.For(0, 6000, _ => Interlocked.Increment(ref counts[targets.IndexOf(Pick(balancer))]));

        Assert.Equal([3000, 2000, 1000], counts);
    }

    [Fact]
    public void The_rotation_goes_on_after_a_change_of_targets()
    {
        var rotation = new Rotation();
        var targets = Targets(1, 1);
        var first = Pick(new WeightedRoundRobin(targets, rotation));

        Assert.NotSame(first, Pick(new WeightedRoundRobin(targets, rotation)));
    }

    private static Peer Pick(WeightedRoundRobin balancer) => balancer.Pick(default, hash: null)!;

    private static (WeightedRoundRobin Balancer, List<Peer> Targets) Create(params int[] weights)
    {
        var targets = Targets(weights);
        return (new WeightedRoundRobin(targets, new Rotation()), targets);
    }

    private static List<Peer> Targets(params int[] weights) => TestPeers.Create(weights);
}
