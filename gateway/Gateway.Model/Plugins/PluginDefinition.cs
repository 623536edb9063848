using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Model.Schemas;

namespace Gateway.Model.Plugins;

/// <summary>What is known of a plugin without running it: enough for the control plane to validate, and for the data plane to order and to read its config.</summary>
public abstract class PluginDefinition
{
    /// <summary>Kong's name.</summary>
    public required string Name { get; init; }

    /// <summary>Semantic version of the plugin's config and behaviour; a data plane reports it, and an older one is not sent what it cannot read.</summary>
    public required string Version { get; init; }

    /// <summary>Higher runs first in each phase; Kong's numbers.</summary>
    public required int Priority { get; init; }

    /// <summary>The config's fields.</summary>
    public required IReadOnlyList<FieldSchema> Fields { get; init; }

    /// <summary>False where the plugin decides who the consumer is, and so cannot depend on it.</summary>
    public bool MayHaveConsumer { get; init; } = true;

    /// <summary>Rules between fields of a config whose fields are valid one by one; paths are relative to the config, and empty for the config as a whole.</summary>
    public IReadOnlyList<Func<JsonObject, IEnumerable<ModelError>>> Checks { get; init; } = [];

    /// <summary>The typed config of a valid entity.</summary>
    public abstract object Read(JsonObject config);

    /// <summary>The rules of a whole plugin entity.</summary>
    internal IEnumerable<ModelError> CheckEntity(JsonObject plugin)
    {
        if (!MayHaveConsumer && plugin["consumer"] is not null)
        {
            yield return new ModelError("consumer", "value must be null", "null: this plugin finds out who the consumer is");
        }

        if (!MayHaveConsumer && plugin["consumer_group"] is not null)
        {
            yield return new ModelError("consumer_group", "value must be null", "null: this plugin finds out who the consumer is");
        }

        foreach (var error in Checks.SelectMany(check => check(plugin["config"]!.AsObject())))
        {
            yield return error.Field switch
            {
                ModelError.Entity => error,
                "" => error with { Field = "config" },
                _ => error with { Field = "config." + error.Field },
            };
        }
    }
}

/// <inheritdoc/>
/// <typeparam name="TConfig">The config as the plugin's code reads it: a property for each field.</typeparam>
public sealed class PluginDefinition<TConfig> : PluginDefinition
    where TConfig : class
{
    public override object Read(JsonObject config) => config.Deserialize(ModelJson.Of<TConfig>())!;
}
