using System.Text.Json.Nodes;
using Gateway.Model.Entities;

namespace Gateway.Model.Schemas;

internal static class ConsumerSchema
{
    public static EntitySchema Create() => new()
    {
        Kind = EntityKinds.Consumers,
        EndpointKey = "username",
        Fields =
        [
            CommonFields.Id,
            CommonFields.CreatedAt,
            CommonFields.UpdatedAt,
            Field.Text("username") with { Unique = true },
            Field.Text("custom_id") with { Unique = true },
            CommonFields.Tags,
        ],
        Checks = [RequireName],
    };

    private static IEnumerable<ModelError> RequireName(JsonObject consumer)
    {
        if (consumer["username"] is null && consumer["custom_id"] is null)
        {
            yield return new ModelError(ModelError.Entity, "at least one of these fields must be non-empty: 'custom_id', 'username'");
        }
    }
}
