using Gateway.ControlPlane.Telemetry;

namespace Gateway.ControlPlane.Tests.Telemetry;

public sealed class GainTests
{
    [Theory]
    [InlineData(new[] { 1.0, 10 }, new long[] { 1, 2, 3 }, new long[] { 11, 22, 33 })]
    [InlineData(new[] { 5.0, 10, 20 }, new long[] { 1, 2, 4, 8 }, new long[] { 10, 23, 42 })]
    [InlineData(new[] { 0.5 }, new long[] { 3, 4 }, new long[] { 13, 20, 34 })]
    [InlineData(new double[0], new long[] { 9 }, new long[] { 10, 20, 39 })]
    public void What_a_bucket_says_stays_true_under_other_bounds(double[] bounds, long[] buckets, long[] expected)
    {
        var sum = new Gain(buckets.Sum(), 0, buckets).AddTo([10, 20, 30], [1, 10], bounds);
        Assert.Equal(expected, sum);
    }
}
