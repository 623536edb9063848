using System.Net;
using Gateway.DataPlane.Balancing;
using Gateway.DataPlane.Dns;

namespace Gateway.DataPlane.Forwarding;

/// <summary>What is known of a host name, and for how long.</summary>
/// <param name="Targets">Empty where there is nothing.</param>
/// <param name="Addresses">The same, for who needs addresses alone.</param>
/// <param name="FreshUntil">Timestamp.</param>
/// <param name="StaleUntil">Timestamp until which it may serve while it is fetched again.</param>
/// <param name="Problem">What the last attempt came to, null where it found something.</param>
/// <param name="IsCertain">Where there is nothing: whether somebody said so.</param>
internal sealed record HostAnswer(
    IReadOnlyList<TargetAddress> Targets, HostAddresses Addresses, long FreshUntil, long StaleUntil, string? Problem = null, bool IsCertain = true)
{
    public static HostAnswer Of(IReadOnlyList<TargetAddress> targets, long now, long freshUntil, long staleUntil) =>
        new(targets, new HostAddresses([.. targets.Select(static target => IPAddress.Parse(target.Ip)).Distinct()], now), freshUntil, staleUntil);

    public static HostAnswer None(NameAnswer answer, long now, long until) =>
        new([], new HostAddresses([], now), until, until, answer.Problem, answer.IsCertain);
}
