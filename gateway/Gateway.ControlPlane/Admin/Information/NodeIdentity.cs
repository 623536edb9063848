namespace Gateway.ControlPlane.Admin.Information;

/// <summary>Which process answers.</summary>
internal sealed class NodeIdentity
{
    /// <summary>Random, made at each start.</summary>
    public Guid Id { get; } = Guid.NewGuid();

    public string Hostname { get; } = Environment.MachineName;
}
