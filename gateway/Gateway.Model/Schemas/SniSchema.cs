using Gateway.Model.Entities;

namespace Gateway.Model.Schemas;

internal static class SniSchema
{
    public static EntitySchema Create() => new()
    {
        Kind = EntityKinds.Snis,
        EndpointKey = "name",
        Fields =
        [
            CommonFields.Id,
            CommonFields.CreatedAt,
            CommonFields.UpdatedAt,
            Field.Text("name") with { Unique = true, Required = true, Check = value => Texts.SniProblem(value.GetValue<string>()) },
            Field.Foreign("certificate", EntityKinds.Certificates, cascades: true) with { Required = true },
            CommonFields.Tags,
        ],
    };
}
