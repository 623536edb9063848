using System.Text.Json.Nodes;
using Gateway.Model.Certificates;
using Gateway.Model.Entities;

namespace Gateway.Model.Schemas;

internal static class CaCertificateSchema
{
    public static EntitySchema Create() => new()
    {
        Kind = EntityKinds.CaCertificates,
        Fields =
        [
            CommonFields.Id,
            CommonFields.CreatedAt,
            CommonFields.UpdatedAt,
            CertificateSchema.Certificate("cert") with { Required = true },
            Field.Text("cert_digest") with { Unique = true },
            CommonFields.Tags,
        ],
        Checks = [RequireAuthority],
        Complete = certificate => certificate["cert_digest"] = PemCertificate.Digest(certificate["cert"]!.GetValue<string>()),
    };

    private static IEnumerable<ModelError> RequireAuthority(JsonObject certificate)
    {
        if (PemCertificate.AuthorityProblem(certificate["cert"]!.GetValue<string>()) is { } problem)
        {
            yield return new ModelError("cert", problem);
        }
    }
}
