using System.Net;
using Gateway.ControlPlane.Access;
using Gateway.ControlPlane.Tests.Fixtures;

namespace Gateway.ControlPlane.Tests.Access;

public sealed class FailedAttemptsTests
{
    private static readonly ControlPlaneOptions Options = new() { KeyRingPath = "", Access = new AccessOptions { FailureLimit = 2 } };

    [Fact]
    public void Addresses_of_one_customers_network_count_as_one_and_others_count_alone()
    {
        var attempts = new FailedAttempts(Options, new SettableTime(DateTimeOffset.UnixEpoch));

        Assert.Null(attempts.Add(IPAddress.Parse("2001:db8:1:2::1"), out _));
        Assert.Null(attempts.Add(IPAddress.Parse("2001:db8:1:2::2"), out _));
        Assert.NotNull(attempts.Add(IPAddress.Parse("2001:db8:1:2:ffff::"), out var isFirst));
        Assert.True(isFirst);
        Assert.NotNull(attempts.Add(IPAddress.Parse("2001:db8:1:2::1"), out isFirst));
        Assert.False(isFirst);
        Assert.Null(attempts.Add(IPAddress.Parse("2001:db8:1:3::1"), out _));
        Assert.Null(attempts.Add(IPAddress.Parse("10.0.0.1"), out _));
        Assert.Null(attempts.Add(IPAddress.Parse("::ffff:10.0.0.1"), out _));
        Assert.NotNull(attempts.Add(IPAddress.Parse("10.0.0.1"), out _));
        Assert.Equal(3, attempts.Count);
    }

    [Fact]
    public void However_many_addresses_fail_memory_is_bounded_and_the_latest_are_known()
    {
        var attempts = new FailedAttempts(Options, new SettableTime(DateTimeOffset.UnixEpoch));
        for (var i = 0; i < FailedAttempts.MostAddresses + 500; i++)
        {
            attempts.Add(new IPAddress(i + 1), out _);
        }

        Assert.Equal(FailedAttempts.MostAddresses, attempts.Count);
        var latest = new IPAddress(FailedAttempts.MostAddresses + 500);
        Assert.Null(attempts.Add(latest, out _));
        Assert.NotNull(attempts.Add(latest, out _));
    }
}
