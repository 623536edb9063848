using Gateway.Model.Entities;

namespace Gateway.DataPlane.Balancing;

/// <summary>How traffic counts for a peer's health: an upstream's <c>healthchecks.passive</c>, compiled.</summary>
internal sealed class PassiveChecks(PassiveHealthcheck checks)
{
    private readonly bool _readsStatuses = checks.Type is not "tcp";
    private readonly StatusVerdicts _statuses = new(checks.Healthy.HttpStatuses, checks.Unhealthy.HttpStatuses);

    public bool IsOn => checks.Unhealthy.HttpFailures > 0 || checks.Unhealthy.TcpFailures > 0 || checks.Unhealthy.Timeouts > 0 || checks.Healthy.Successes > 0;

    public int LimitOf(PeerFailure kind) => kind switch
    {
        PeerFailure.Http => checks.Unhealthy.HttpFailures,
        PeerFailure.Tcp => checks.Unhealthy.TcpFailures,
        _ => checks.Unhealthy.Timeouts,
    };

    /// <summary>Counts an answer; true where the peer turned.</summary>
    public bool Report(PeerHealth health, int status, long now)
    {
        if (!_readsStatuses)
        {
            return health.Succeed(checks.Healthy.Successes, now);
        }

        return _statuses.IsHealthy(status) ? health.Succeed(checks.Healthy.Successes, now)
            : _statuses.IsUnhealthy(status) && health.Fail(PeerFailure.Http, checks.Unhealthy.HttpFailures, now);
    }
}
