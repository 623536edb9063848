using System.Text.Json.Nodes;
using Gateway.Model.Certificates;
using Gateway.Model.Entities;

namespace Gateway.Model.Schemas;

internal static class CertificateSchema
{
    public static EntitySchema Create() => new()
    {
        Kind = EntityKinds.Certificates,
        Fields =
        [
            CommonFields.Id,
            CommonFields.CreatedAt,
            CommonFields.UpdatedAt,
            Certificate("cert") with { Required = true },
            PrivateKey("key") with { Required = true },
            Certificate("cert_alt"),
            PrivateKey("key_alt"),
            CommonFields.Tags,
        ],
        Checks = [RequireBothOrNone, RequirePairs],
    };

    public static FieldSchema Certificate(string name) => Field.Text(name) with { Check = value => PemCertificate.Problem(value.GetValue<string>()) };

    public static FieldSchema PrivateKey(string name) => Field.Text(name) with { Secret = true, Check = value => PemKey.PrivateProblem(value.GetValue<string>()) };

    private static IEnumerable<ModelError> RequireBothOrNone(JsonObject certificate)
    {
        if (certificate["cert_alt"] is null != certificate["key_alt"] is null)
        {
            yield return new ModelError(ModelError.Entity, "all or none of these fields must be set: 'cert_alt', 'key_alt'");
        }
    }

    private static IEnumerable<ModelError> RequirePairs(JsonObject certificate)
    {
        var cert = certificate["cert"]!.GetValue<string>();
        if (!PemCertificate.Matches(cert, certificate["key"]!.GetValue<string>()))
        {
            yield return new ModelError("cert", "certificate does not match key");
        }

        if (certificate["cert_alt"]?.GetValue<string>() is not { } alternative || certificate["key_alt"]?.GetValue<string>() is not { } key)
        {
            yield break;
        }

        if (!PemCertificate.Matches(alternative, key))
        {
            yield return new ModelError("cert_alt", "alternative certificate does not match key");
        }

        if (PemCertificate.Algorithm(cert) == PemCertificate.Algorithm(alternative))
        {
            yield return new ModelError(
                "cert_alt",
                "certificate and alternative certificate need to have different type (e.g. RSA and ECDSA), the provided certificates were both of the same type");
        }
    }
}
