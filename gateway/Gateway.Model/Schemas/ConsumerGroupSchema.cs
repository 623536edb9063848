using Gateway.Model.Entities;

namespace Gateway.Model.Schemas;

internal static class ConsumerGroupSchema
{
    public static EntitySchema Create() => new()
    {
        Kind = EntityKinds.ConsumerGroups,
        EndpointKey = "name",
        Fields = [CommonFields.Id, CommonFields.CreatedAt, CommonFields.UpdatedAt, Field.Text("name") with { Unique = true, Required = true }, CommonFields.Tags],
    };

    public static EntitySchema CreateMember() => new()
    {
        Kind = EntityKinds.ConsumerGroupMembers,
        Fields =
        [
            CommonFields.Id,
            CommonFields.CreatedAt,
            CommonFields.UpdatedAt,
            Field.Foreign("consumer", EntityKinds.Consumers, cascades: true) with { Required = true },
            Field.Foreign("consumer_group", EntityKinds.ConsumerGroups, cascades: true) with { Required = true },
            CommonFields.Tags,
        ],
    };
}
