namespace Gateway.DataPlane.Pipeline;

/// <summary>The plugins of a route (and consumer) in the order in which they run, by phase. Immutable.</summary>
internal sealed class PluginChain
{
    public static readonly PluginChain Empty = new([]);

    public PluginChain(IReadOnlyCollection<PluginStep> steps)
    {
        var ordered = steps.ToArray();
        Array.Sort(ordered, PluginStep.Order);
        Rewrite = Of(ordered, PluginPhase.Rewrite);
        Access = Of(ordered, PluginPhase.Access);
        Response = Of(ordered, PluginPhase.Response);
        Log = Of(ordered, PluginPhase.Log);
    }

    public PluginStep[] Rewrite { get; }

    public PluginStep[] Access { get; }

    public PluginStep[] Response { get; }

    public PluginStep[] Log { get; }

    private static PluginStep[] Of(PluginStep[] steps, PluginPhase phase) =>
        Array.FindAll(steps, step => step.Instance.Phases.ModeOf(phase) != PhaseMode.Absent);
}
