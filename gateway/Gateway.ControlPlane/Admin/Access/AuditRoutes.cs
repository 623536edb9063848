using System.Globalization;
using System.Text.Json.Nodes;
using Gateway.ControlPlane.Access;
using Gateway.ControlPlane.Access.Audit;
using Gateway.ControlPlane.Admin.Collections;
using Gateway.ControlPlane.Admin.Http;

namespace Gateway.ControlPlane.Admin.Access;

/// <summary><c>/audit</c>: who did what, and who was refused. Newest first, of all replicas.</summary>
internal sealed class AuditRoutes(AuditLog log, AuditReader reader)
{
    public void AddTo(AdminRoutes routes) => routes.Get("/audit", ListAsync, RouteAccess.Administer);

    private async Task<AdminResponse> ListAsync(AdminRequest request)
    {
        if (!ListQuery.ReadSize(request.Query).Succeeded(out var size, out var error))
        {
            return AdminResponse.Of(error);
        }

        Guid? before = null;
        if (request.Query.TryGetValue("offset", out var offset))
        {
            if (!Guid.TryParseExact(offset, "D", out var id))
            {
                return AdminResponse.Of(new ConfigurationError(ErrorCode.InvalidOffset, $"'{offset}' is not a valid offset: not the id of a record"));
            }

            before = id;
        }

        // What this replica did a moment ago is seen.
        await log.FlushAsync(request.Cancellation);
        var records = await reader.ListAsync(before, size + 1, Parameter(request, "principal"), Parameter(request, "event"), request.Cancellation);
        var body = new JsonObject { ["data"] = new JsonArray([.. records.Take(size).Select(Show)]) };
        ListQuery.AddNext(body, request.Context.Request, records.Count > size ? $"{records[size - 1].Id:D}" : null, "principal", "event");
        return AdminResponse.Ok(body);
    }

    private static string? Parameter(AdminRequest request, string name) => request.Query.TryGetValue(name, out var value) ? value.ToString() : null;

    private static JsonObject Show(AuditRecord record) => new()
    {
        ["id"] = record.Id.ToString("D"),
        ["time"] = record.Time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        ["event"] = record.Event,
        ["principal"] = record.Principal,
        ["source_address"] = record.SourceAddress,
        ["method"] = record.Method,
        ["path"] = record.Path,
        ["status"] = record.Status,
        ["revision"] = record.Revision,
        ["reason"] = record.Reason,
    };
}
