using System.Text.Json.Nodes;
using Gateway.Model.Certificates;
using Gateway.Model.Entities;

namespace Gateway.Model.Schemas;

internal static class JwtSecretSchema
{
    public static EntitySchema Create() => new()
    {
        Kind = EntityKinds.JwtSecrets,
        EndpointKey = "key",
        Fields =
        [
            CommonFields.Id,
            CommonFields.CreatedAt,
            CommonFields.UpdatedAt,
            Field.Foreign("consumer", EntityKinds.Consumers, cascades: true) with { Required = true },
            Field.Text("key") with { Unique = true, Auto = true, Required = true },
            Field.Text("secret") with { Secret = true, Auto = true },
            Field.Text("rsa_public_key"),
            Field.Choice("algorithm", "HS256", "HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "ES256", "ES384", "ES512", "PS256", "PS384", "PS512") with { Unsupported = ["EdDSA"] },
            CommonFields.Tags,
        ],
        Checks = [RequireKeyOfAlgorithm],
    };

    private static IEnumerable<ModelError> RequireKeyOfAlgorithm(JsonObject credential)
    {
        var algorithm = credential["algorithm"]!.GetValue<string>();
        if (algorithm.StartsWith("HS", StringComparison.Ordinal))
        {
            if (credential["secret"] is null)
            {
                yield return new ModelError("secret", "required field missing", $"a text, which '{algorithm}' needs");
            }

            yield break;
        }

        var isEc = algorithm.StartsWith("ES", StringComparison.Ordinal);
        if (credential["rsa_public_key"]?.GetValue<string>() is not { } key)
        {
            yield return new ModelError("rsa_public_key", "required field missing", $"a public key in PEM, which '{algorithm}' needs");
        }
        else if (PemKey.PublicProblem(key) is not null || !(isEc ? PemKey.IsEc(key) : PemKey.IsRsa(key)))
        {
            yield return new ModelError("rsa_public_key", "invalid key", $"{(isEc ? "an elliptic-curve" : "an RSA")} public key in PEM");
        }
    }
}
