using Gateway.Model.Entities;

namespace Gateway.Model.Schemas;

internal static class KeyAuthCredentialSchema
{
    /// <summary>Seconds: 100 years.</summary>
    private const double LongestTtl = 3_153_600_000;

    public static EntitySchema Create() => new()
    {
        Kind = EntityKinds.KeyAuthCredentials,
        EndpointKey = "key",
        Fields =
        [
            CommonFields.Id,
            CommonFields.CreatedAt,
            CommonFields.UpdatedAt,
            Field.Foreign("consumer", EntityKinds.Consumers, cascades: true) with { Required = true },
            // Made where the client gives none: that is the Admin API's to do, which shows it once.
            Field.Text("key") with { Unique = true, Secret = true, Auto = true, Required = true, MaximumLength = 4096 },
            CommonFields.Tags,
            Field.Integer("ttl", null, 0, LongestTtl),
        ],
    };
}
