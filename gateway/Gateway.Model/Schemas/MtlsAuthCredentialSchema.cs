using Gateway.Model.Entities;

namespace Gateway.Model.Schemas;

internal static class MtlsAuthCredentialSchema
{
    public static EntitySchema Create() => new()
    {
        Kind = EntityKinds.MtlsAuthCredentials,
        Fields =
        [
            CommonFields.Id,
            CommonFields.CreatedAt,
            CommonFields.UpdatedAt,
            Field.Foreign("consumer", EntityKinds.Consumers, cascades: true) with { Required = true },
            Field.Text("subject_name") with { Required = true },
            Field.Foreign("ca_certificate", EntityKinds.CaCertificates, cascades: true),
            CommonFields.Tags,
        ],
    };
}
