using Gateway.Model.Entities;

namespace Gateway.Model.Schemas;

internal static class AclSchema
{
    public static EntitySchema Create() => new()
    {
        Kind = EntityKinds.Acls,
        EndpointKey = "group",
        Fields =
        [
            CommonFields.Id,
            CommonFields.CreatedAt,
            CommonFields.UpdatedAt,
            Field.Foreign("consumer", EntityKinds.Consumers, cascades: true) with { Required = true },
            Field.Text("group") with { Required = true },
            CommonFields.Tags,
        ],
    };
}
