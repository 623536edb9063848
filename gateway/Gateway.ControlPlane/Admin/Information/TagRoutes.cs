using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;
using Gateway.ControlPlane.Admin.Collections;
using Gateway.ControlPlane.Admin.Http;
using Gateway.ControlPlane.Store.Reading;

namespace Gateway.ControlPlane.Admin.Information;

/// <summary><c>/tags</c> and <c>/tags/{tag}</c>.</summary>
internal sealed class TagRoutes(ConfigurationReader reader)
{
    public void AddTo(AdminRoutes routes) => routes
        .Get("/tags", request => ListAsync(request, tag: null))
        .Get("/tags/{tag}", request => ListAsync(request, request.Segment("tag")));

    private async Task<AdminResponse> ListAsync(AdminRequest request, string? tag)
    {
        if (!ListQuery.ReadSize(request.Query).Succeeded(out var size, out var error))
        {
            return AdminResponse.Of(error);
        }

        TaggedEntity? after = null;
        if (request.Query.TryGetValue("offset", out var offset) && !TryReadOffset(offset.ToString(), out after))
        {
            return AdminResponse.Of(new ConfigurationError(ErrorCode.InvalidOffset, $"'{offset}' is not a valid offset: bad base64 encoding"));
        }

        // No tag has a control character, and not every database takes them.
        var found = tag is not null && tag.Any(char.IsControl) ? [] : await reader.TagsAsync(tag, after, size + 1, request.Cancellation);
        var data = new JsonArray();
        foreach (var entity in found.Take(size))
        {
            data.Add(new JsonObject { ["tag"] = entity.Tag, ["entity_name"] = entity.Kind, ["entity_id"] = entity.Id.ToString("D") });
        }

        var body = new JsonObject { ["data"] = data };
        ListQuery.AddNext(body, request.Context.Request, found.Count > size ? WriteOffset(found[size - 1]) : null);
        return AdminResponse.Ok(body);
    }

    private static string WriteOffset(TaggedEntity entity) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{entity.Id:D}/{entity.Kind}/{entity.Tag}"));

    private static bool TryReadOffset(string text, out TaggedEntity? after)
    {
        after = null;
        if (!Base64Url.IsValid(text))
        {
            return false;
        }

        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split('/', 3);
        if (parts.Length != 3 || parts[2].Any(char.IsControl) || !Guid.TryParseExact(parts[0], "D", out var id))
        {
            return false;
        }

        after = new TaggedEntity(parts[2], parts[1], id);
        return true;
    }
}
