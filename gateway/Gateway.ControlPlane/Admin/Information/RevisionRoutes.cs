using System.Globalization;
using System.Text.Json.Nodes;
using Gateway.ControlPlane.Admin.Collections;
using Gateway.ControlPlane.Admin.Http;
using Gateway.ControlPlane.Store.Reading;

namespace Gateway.ControlPlane.Admin.Information;

/// <summary><c>/config/revisions</c>: who changed the configuration, and when.</summary>
internal sealed class RevisionRoutes(ConfigurationReader reader)
{
    public void AddTo(AdminRoutes routes) => routes.Get("/config/revisions", ListAsync);

    private async Task<AdminResponse> ListAsync(AdminRequest request)
    {
        if (!ListQuery.ReadSize(request.Query).Succeeded(out var size, out var error))
        {
            return AdminResponse.Of(error);
        }

        long? before = null;
        if (request.Query.TryGetValue("offset", out var offset))
        {
            if (!long.TryParse(offset, NumberStyles.None, CultureInfo.InvariantCulture, out var revision))
            {
                return AdminResponse.Of(new ConfigurationError(ErrorCode.InvalidOffset, $"'{offset}' is not a valid offset: not a revision"));
            }

            before = revision;
        }

        var revisions = await reader.RevisionsAsync(before, size + 1, request.Cancellation);
        var data = new JsonArray();
        foreach (var revision in revisions.Take(size))
        {
            data.Add(new JsonObject
            {
                ["revision"] = revision.Revision,
                ["principal"] = revision.Principal,
                ["source_address"] = revision.SourceAddress,
                ["time"] = revision.Time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
                ["origin"] = revision.Origin,
                ["message"] = revision.Message,
                ["changes"] = revision.Changes,
            });
        }

        var body = new JsonObject { ["data"] = data };
        ListQuery.AddNext(body, request.Context.Request, revisions.Count > size ? $"{revisions[size - 1].Revision}" : null);
        return AdminResponse.Ok(body);
    }
}
