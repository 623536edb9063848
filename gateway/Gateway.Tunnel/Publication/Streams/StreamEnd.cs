using Gateway.Tunnel.Protocol;

namespace Gateway.Tunnel.Publication.Streams;

/// <summary>Why the control plane ends a stream.</summary>
internal sealed record StreamEnd(Disconnect.Types.Cause Cause, string Problem, Disconnect.Types.Retry Retry, TimeSpan RetryWithin = default)
{
    public static readonly StreamEnd ShuttingDown = new(
        Disconnect.Types.Cause.ShuttingDown, "this control plane is shutting down", Disconnect.Types.Retry.Elsewhere, TimeSpan.FromSeconds(5));

    public static readonly StreamEnd SiteNotAllowed = new(
        Disconnect.Types.Cause.SiteNotAllowed, "the site was disabled or removed", Disconnect.Types.Retry.BackOff);

    public static readonly StreamEnd CertificateExpired = new(
        Disconnect.Types.Cause.CertificateExpired, "the certificate of this connection has expired", Disconnect.Types.Retry.BackOff);

    public static readonly StreamEnd CertificateRevoked = new(
        Disconnect.Types.Cause.CertificateRevoked, "the certificate of this connection was revoked", Disconnect.Types.Retry.BackOff);

    public static readonly StreamEnd CertificateNotTrusted = new(
        Disconnect.Types.Cause.CertificateNotTrusted, "the certificate of this connection no longer chains to a trusted authority", Disconnect.Types.Retry.BackOff);

    public static readonly StreamEnd Superseded = new(
        Disconnect.Types.Cause.Superseded, "another stream of this instance has begun", Disconnect.Types.Retry.BackOff);

    public static readonly StreamEnd Silent = new(
        Disconnect.Types.Cause.Silent, "no heartbeat came for three intervals", Disconnect.Types.Retry.BackOff);

    public static StreamEnd ProtocolError(string problem) => new(Disconnect.Types.Cause.ProtocolError, problem, Disconnect.Types.Retry.BackOff);

    public Disconnect ToMessage() => new()
    {
        Cause = Cause,
        Problem = Problem,
        Retry = Retry,
        RetryWithin = (uint)RetryWithin.TotalMilliseconds,
    };
}
