using Gateway.DataPlane.Pipeline;
using Gateway.Model;
using Gateway.Model.Entities;

namespace Gateway.DataPlane.Tests.Pipeline;

/// <summary>A plugin that does what a test says.</summary>
internal sealed class TestPlugin(PluginPhases phases) : PluginInstance(phases)
{
    public Func<RequestContext, ValueTask<GatewayResponse?>> OnRewrite { get; init; } = static _ => default;

    public Func<RequestContext, ValueTask<GatewayResponse?>> OnAccess { get; init; } = static _ => default;

    public Func<RequestContext, ValueTask> OnResponse { get; init; } = static _ => ValueTask.CompletedTask;

    public Func<RequestContext, ValueTask> OnLog { get; init; } = static _ => ValueTask.CompletedTask;

    public override ValueTask<GatewayResponse?> RewriteAsync(RequestContext context) => OnRewrite(context);

    public override ValueTask<GatewayResponse?> AccessAsync(RequestContext context) => OnAccess(context);

    public override ValueTask ResponseAsync(RequestContext context) => OnResponse(context);

    public override ValueTask LogAsync(RequestContext context) => OnLog(context);

    /// <summary>Makes instances as the test says; the names are not the catalogue's, so their config is the test's own.</summary>
    internal sealed class Factory(string name, int priority, Func<Plugin, PluginHost, ICollection<ModelError>, PluginInstance?> create) : PluginFactory
    {
        public Factory(string name, int priority, Func<Plugin, PluginInstance> create)
            : this(name, priority, (plugin, _, _) => create(plugin))
        {
        }

        public override string Name => name;

        public override string Version => "1.0.0";

        public override int Priority => priority;

        public override PluginInstance? Create(Plugin entity, PluginHost host, ICollection<ModelError> errors) => create(entity, host, errors);
    }
}
