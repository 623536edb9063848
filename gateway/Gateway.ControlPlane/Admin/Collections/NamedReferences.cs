using System.Text.Json.Nodes;
using Gateway.ControlPlane.Store.Reading;
using Gateway.ControlPlane.Store.Schema;
using Gateway.ControlPlane.Store.Writing;

namespace Gateway.ControlPlane.Admin.Collections;

/// <summary>References by name, <c>{"service": {"name": "petstore"}}</c>, become references by id.</summary>
internal static class NamedReferences
{
    public static Task<ConfigurationError?> ResolveAsync(WriteSession session, string kind, JsonObject input, CancellationToken cancellationToken) =>
        ResolveAsync(kind, input, (target, key, name) => session.FindByAsync(target, key, name, cancellationToken));

    /// <inheritdoc cref="ResolveAsync(WriteSession, string, JsonObject, CancellationToken)"/>
    public static Task<ConfigurationError?> ResolveAsync(ConfigurationReader reader, string kind, JsonObject input, CancellationToken cancellationToken) =>
        ResolveAsync(kind, input, (target, key, name) => reader.FindByAsync(target, key, name, cancellationToken));

    private static async Task<ConfigurationError?> ResolveAsync(string kind, JsonObject input, Func<string, string, string, Task<JsonObject?>> findBy)
    {
        foreach (var foreign in EntityTables.Of(kind).Foreigns)
        {
            if (EntityCollection.Of(foreign.TargetKind).KeyField is not { } key
                || input[foreign.Field] is not JsonObject { Count: 1 } reference || reference[key] is not JsonValue value || !value.TryGetValue<string>(out var name))
            {
                continue;
            }

            var target = await findBy(foreign.TargetKind, key, name);
            if (target is null)
            {
                return new ConfigurationError(
                    ErrorCode.ForeignKeyViolation,
                    $"the foreign key '{{{key}=\"{name}\"}}' does not reference an existing '{foreign.TargetKind}' entity.",
                    new JsonObject { [foreign.Field] = reference.DeepClone() });
            }

            input[foreign.Field] = new JsonObject { ["id"] = (string)target["id"]! };
        }

        return null;
    }
}
