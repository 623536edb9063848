using System.Buffers.Text;
using System.Globalization;
using System.Text.Json.Nodes;
using Gateway.ControlPlane.Store.Reading;
using Microsoft.AspNetCore.Http.Extensions;

namespace Gateway.ControlPlane.Admin.Collections;

/// <summary>Kong's parameters of lists: <c>size</c>, <c>offset</c>, <c>tags</c>.</summary>
internal static class ListQuery
{
    public const int DefaultSize = 100;
    public const int MaxSize = 1000;

    public static Result<EntityQuery> Read(IQueryCollection parameters)
    {
        if (!ReadSize(parameters).Succeeded(out var size, out var error))
        {
            return error;
        }

        Guid? after = null;
        if (parameters.TryGetValue("offset", out var offset))
        {
            if (!TryReadOffset(offset.ToString(), out var id))
            {
                return new ConfigurationError(ErrorCode.InvalidOffset, $"'{offset}' is not a valid offset: bad base64 encoding");
            }

            after = id;
        }

        var tags = parameters["tags"].ToString();
        if (tags.Length == 0)
        {
            return new EntityQuery { Size = size, After = after };
        }

        var any = tags.Contains('/', StringComparison.Ordinal);
        var wanted = tags.Split(any ? '/' : ',');
        return wanted.Any(tag => tag.Length == 0 || tag.Contains(',', StringComparison.Ordinal) || tag.Any(char.IsControl))
            ? new ConfigurationError(
                ErrorCode.InvalidOptions,
                "invalid option (tags: invalid filter syntax)",
                new JsonObject { ["tags"] = "invalid filter syntax; allowed: a,b for both, a/b for any" })
            : new EntityQuery { Size = size, After = after, Tags = wanted, AnyTag = any };
    }

    public static Result<int> ReadSize(IQueryCollection parameters)
    {
        if (!parameters.TryGetValue("size", out var text))
        {
            return DefaultSize;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size is >= 1 and <= MaxSize
            ? size
            : new ConfigurationError(ErrorCode.InvalidSize, $"size must be an integer between 1 and {MaxSize}");
    }

    /// <summary>The link to the page after <paramref name="next"/>, and its offset, added to <paramref name="body"/> as Kong does.</summary>
    public static void AddNext(JsonObject body, HttpRequest request, string? next, params IReadOnlyList<string> filters)
    {
        if (next is null)
        {
            body["next"] = null;
            return;
        }

        var query = new QueryBuilder { { "offset", next } };
        foreach (var name in (string[])["size", "tags", .. filters])
        {
            if (request.Query.TryGetValue(name, out var value))
            {
                query.Add(name, value.ToString());
            }
        }

        body["next"] = request.Path + query.ToString();
        body["offset"] = next;
    }

    public static string WriteOffset(Guid id) => Base64Url.EncodeToString(id.ToByteArray(bigEndian: true));

    private static bool TryReadOffset(string text, out Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id = default;
        if (!Base64Url.IsValid(text, out var length) || length != bytes.Length)
        {
            return false;
        }

        Base64Url.DecodeFromChars(text, bytes);
        id = new Guid(bytes, bigEndian: true);
        return true;
    }
}
