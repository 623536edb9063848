using Gateway.Model.Credentials;
using Gateway.Model.Entities;

namespace Gateway.Model.Schemas;

internal static class BasicAuthCredentialSchema
{
    public static EntitySchema Create() => new()
    {
        Kind = EntityKinds.BasicAuthCredentials,
        EndpointKey = "username",
        Fields =
        [
            CommonFields.Id,
            CommonFields.CreatedAt,
            CommonFields.UpdatedAt,
            Field.Foreign("consumer", EntityKinds.Consumers, cascades: true) with { Required = true },
            Field.Text("username") with { Unique = true, Required = true },
            Field.Text("password") with { Secret = true, OneWay = true, Required = true, MaximumLength = 4096, Check = value => HashProblem(value.GetValue<string>()) },
            CommonFields.Tags,
        ],
    };

    private static string? HashProblem(string password) =>
        PasswordHash.IsMeantAsHash(password) && !PasswordHash.IsHash(password) ? "is no hash, though it begins like one" : null;
}
