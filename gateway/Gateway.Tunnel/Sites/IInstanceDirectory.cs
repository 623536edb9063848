using Gateway.Tunnel.Health;

namespace Gateway.Tunnel.Sites;

/// <summary>Where the tunnel's server keeps what it knows of instances, so that any replica can list all of them.</summary>
public interface IInstanceDirectory
{
    /// <summary>Keeps the newest state of each; may delay and merge. Never throws because the database is away: the state is written later.</summary>
    void Report(InstanceState state);

    /// <summary>Keeps the newest report of an instance, which replaces the one before, after its state. Never throws because the database is away.</summary>
    void ReportHealth(Guid instance, HealthReport report);
}
