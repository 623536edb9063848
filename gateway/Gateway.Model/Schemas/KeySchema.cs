using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Model.Certificates;
using Gateway.Model.Entities;

namespace Gateway.Model.Schemas;

internal static class KeySchema
{
    public static EntitySchema CreateSet() => new()
    {
        Kind = EntityKinds.KeySets,
        EndpointKey = "name",
        Fields = [CommonFields.Id, CommonFields.CreatedAt, CommonFields.UpdatedAt, Field.Text("name") with { Unique = true }, CommonFields.Tags],
    };

    public static EntitySchema Create() => new()
    {
        Kind = EntityKinds.Keys,
        EndpointKey = "name",
        Fields =
        [
            CommonFields.Id,
            CommonFields.CreatedAt,
            CommonFields.UpdatedAt,
            Field.Foreign("set", EntityKinds.KeySets, cascades: true),
            Field.Text("name") with { Unique = true },
            Field.Text("kid") with { Required = true },
            Field.Text("jwk") with { Secret = true },
            Field.Record(
                "pem",
                CertificateSchema.PrivateKey("private_key"),
                Field.Text("public_key") with { Check = value => PemKey.PublicProblem(value.GetValue<string>()) }),
            CommonFields.Tags,
        ],
        Checks = [RequireOneForm, CheckJwk],
    };

    private static IEnumerable<ModelError> RequireOneForm(JsonObject key)
    {
        var hasPem = key["pem"]!["private_key"] is not null || key["pem"]!["public_key"] is not null;
        if (hasPem && key["jwk"] is not null)
        {
            yield return new ModelError(ModelError.Entity, "only one or none of these fields must be set: 'jwk', 'pem'");
        }

        if (!hasPem && key["jwk"] is null)
        {
            yield return new ModelError(ModelError.Entity, "at least one of these fields must be non-empty: 'jwk', 'pem'");
        }
    }

    private static IEnumerable<ModelError> CheckJwk(JsonObject key)
    {
        if (key["jwk"]?.GetValue<string>() is not { } text)
        {
            yield break;
        }

        if (Read(text) is not { } jwk)
        {
            yield return new ModelError("jwk", "could not json decode jwk string", "a JSON object (RFC 7517)");
            yield break;
        }

        if (JsonText.Of(jwk["kid"]) != key["kid"]!.GetValue<string>())
        {
            yield return new ModelError("jwk", "kid in jwk.kid must be equal to keys.kid");
        }

        if (JsonText.Of(jwk["kty"]) is not ("RSA" or "EC" or "oct" or "OKP"))
        {
            yield return new ModelError("jwk", "kty: expected one of: RSA, EC, oct, OKP");
        }
    }

    private static JsonObject? Read(string text)
    {
        try
        {
            var jwk = JsonNode.Parse(text) as JsonObject;

            // A name that stands there twice is only found when members are looked up.
            return jwk?.Count > 0 ? jwk : null;
        }
        catch (Exception problem) when (problem is JsonException or ArgumentException)
        {
            return null;
        }
    }
}
