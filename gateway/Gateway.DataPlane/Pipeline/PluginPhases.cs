namespace Gateway.DataPlane.Pipeline;

/// <summary>How a plugin runs in each phase; constant for the life of an instance.</summary>
public sealed record PluginPhases
{
    public PhaseMode Certificate { get; init; }
    public PhaseMode Rewrite { get; init; }
    public PhaseMode Access { get; init; }
    public PhaseMode Response { get; init; }
    public PhaseMode Log { get; init; }

    internal PhaseMode ModeOf(PluginPhase phase) => phase switch
    {
        PluginPhase.Certificate => Certificate,
        PluginPhase.Rewrite => Rewrite,
        PluginPhase.Access => Access,
        PluginPhase.Response => Response,
        _ => Log,
    };
}
