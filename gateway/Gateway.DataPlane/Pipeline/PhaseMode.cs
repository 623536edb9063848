namespace Gateway.DataPlane.Pipeline;

/// <summary>How a plugin runs in one phase. Part of the plugin contract, see docs/plugins/contract.md.</summary>
public enum PhaseMode
{
    /// <summary>The plugin does nothing in this phase and is not called.</summary>
    Absent,

    /// <summary>
    /// Runs on whatever thread the request is on, mostly the one that also reads other clients' sockets: bounded work, never waits, completes synchronously.
    /// Who takes longer than <c>DataPlaneOptions.StallThreshold</c> is counted in <c>gateway.plugin.stalls</c>.
    /// </summary>
    Inline,

    /// <summary>May wait and may compute: always begins on a thread of the pool, to which the request hops once.</summary>
    Offloaded,
}
