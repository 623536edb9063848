namespace Gateway.DataPlane.Pipeline;

/// <summary>Stands in for an instance that could not be made: nobody passes where it was to decide.</summary>
internal sealed class BrokenPlugin() : PluginInstance(new PluginPhases { Access = PhaseMode.Inline })
{
    public override ValueTask<GatewayResponse?> AccessAsync(RequestContext context) => new(GatewayResponse.PluginFailed);
}
