using Gateway.DataPlane.Pipeline;
using Gateway.Model.Entities;
using Gateway.Model.Plugins;
using Gateway.Model.Schemas;

[assembly: PluginContract(PluginContractAttribute.Current)]

namespace GatewayPlugin;

/// <summary>What the gateway asks of the assembly: the plugin's definition, and its instances.</summary>
public sealed class GatewayPluginPlugin : OwnPlugin<GatewayPluginConfig>
{
    public override PluginDefinition Definition { get; } = new PluginDefinition<GatewayPluginConfig>
    {
        Name = "my-plugin",
        Version = "1.0.0",

        // Kong's numbers: 2000 runs before authentication, 900 after it, 10 among the last.
        Priority = 900,
        Fields =
        [
            new FieldSchema("header_name", FieldType.String) { Required = true, Default = "X-My-Plugin" },
            new FieldSchema("greeting", FieldType.String) { Required = true },
            new FieldSchema("limit", FieldType.Integer) { Default = 10, Between = (1, 1000) },
        ],
    };

    public override PluginInstance Create(GatewayPluginConfig config, Plugin entity, PluginHost host) =>
        new GatewayPluginInstance(config, host.State.GetOrAdd(entity.Id, static () => new Count()));
}

/// <summary>A property for each field: <c>header_name</c> is HeaderName.</summary>
public sealed record GatewayPluginConfig
{
    public string HeaderName { get; init; } = "X-My-Plugin";

    public string Greeting { get; init; } = string.Empty;

    public int Limit { get; init; } = 10;
}

/// <summary>One for each plugin entity and version of it, shared by all requests. Inline phases do not wait for anything; whoever must wait says Offloaded.</summary>
internal sealed class GatewayPluginInstance(GatewayPluginConfig config, Count count)
    : PluginInstance(new PluginPhases { Access = PhaseMode.Inline, Response = PhaseMode.Inline })
{
    public override ValueTask<GatewayResponse?> AccessAsync(RequestContext context)
    {
        // An answer ends the request; null goes on to the upstream.
        if (context.Http.Request.Query.ContainsKey("forbidden"))
        {
            return new(GatewayResponse.Error(403, "my-plugin says no"));
        }

        context.Http.Request.Headers[config.HeaderName] = config.Greeting;
        return default;
    }

    public override ValueTask ResponseAsync(RequestContext context)
    {
        context.Http.Response.Headers[config.HeaderName] = $"{config.Greeting}, request {count.Next()}";
        return ValueTask.CompletedTask;
    }
}

/// <summary>Outlives changes of the configuration, for as long as the plugin entity is there.</summary>
internal sealed class Count
{
    private long _value;

    public long Next() => Interlocked.Increment(ref _value);
}
