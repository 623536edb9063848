using System.Globalization;
using System.Text.Json.Nodes;
using Gateway.ControlPlane.Admin.Collections;
using Gateway.ControlPlane.Admin.Http;
using Gateway.ControlPlane.Sites.Certificates;

namespace Gateway.ControlPlane.Admin.Clustering;

/// <summary><c>/clustering/certificates</c>: what was signed here. <c>/clustering/revoked-certificates</c>: what is refused, whoever signed it.</summary>
internal sealed class CertificateRoutes(CertificateRegistry registry)
{
    private const int MaximumReason = 200;

    public void AddTo(AdminRoutes routes) => routes
        .Get("/clustering/certificates", ListAsync)
        .Get("/clustering/revoked-certificates", ListRevokedAsync)
        .Post("/clustering/revoked-certificates", RevokeAsync);

    private async Task<AdminResponse> ListAsync(AdminRequest request)
    {
        if (!ListQuery.Read(request.Query).Succeeded(out var query, out var error))
        {
            return AdminResponse.Of(error);
        }

        var site = request.Query.TryGetValue("site", out var name) ? name.ToString() : null;
        var found = await registry.ListAsync(site, query.Size, request.Cancellation);
        return AdminResponse.Ok(new JsonObject { ["data"] = new JsonArray([.. found.Select(Show)]), ["next"] = null });
    }

    private async Task<AdminResponse> ListRevokedAsync(AdminRequest request)
    {
        var found = await registry.ListRevokedAsync(request.Cancellation);
        return AdminResponse.Ok(new JsonObject { ["data"] = new JsonArray([.. found.Select(Show)]), ["next"] = null });
    }

    private async Task<AdminResponse> RevokeAsync(AdminRequest request)
    {
        var body = await request.ReadBodyAsync();
        if (body.Refusal is not null)
        {
            return body.Refusal;
        }

        string? serialNumber = null;
        string? reason = null;
        var errors = new JsonObject();
        foreach (var (field, value) in body.Value!)
        {
            var text = value is JsonValue node && node.TryGetValue<string>(out var read) ? read : null;
            switch (field)
            {
                case "serial_number":
                    serialNumber = text is null ? null : SerialNumber.TryParse(text);
                    if (serialNumber is null)
                    {
                        errors[field] = $"invalid serial number; allowed: {SerialNumber.Allowed}";
                    }

                    break;
                case "reason":
                    reason = text;
                    if (text is not { Length: > 0 and <= MaximumReason })
                    {
                        errors[field] = string.Create(CultureInfo.InvariantCulture, $"expected a text of 1 to {MaximumReason} characters");
                    }

                    break;
                default:
                    errors[field] = "unknown field";
                    break;
            }
        }

        if (serialNumber is null && !errors.ContainsKey("serial_number"))
        {
            errors["serial_number"] = "required field missing";
        }

        if (errors.Count > 0)
        {
            return AdminResponse.Of(ConfigurationError.Violation(errors));
        }

        var outcome = await registry.RevokeAsync(request.Origin().Principal, serialNumber!, reason, request.Cancellation);
        return outcome.Succeeded(out var revoked, out var error) ? AdminResponse.Created(Show(revoked)) : AdminResponse.Of(error);
    }

    private static JsonObject Show(CertificateRecord certificate) => new()
    {
        ["serial_number"] = certificate.SerialNumber,
        ["site"] = certificate.Site,
        ["cause"] = certificate.Cause,
        ["authority"] = certificate.Authority,
        ["address"] = certificate.Address,
        ["issued_at"] = certificate.IssuedAt,
        ["expires_at"] = certificate.NotAfter,
        ["revoked_at"] = certificate.RevokedAt,
    };

    private static JsonObject Show(RevocationRecord revoked) =>
        new() { ["serial_number"] = revoked.SerialNumber, ["reason"] = revoked.Reason, ["revoked_at"] = revoked.RevokedAt };
}
