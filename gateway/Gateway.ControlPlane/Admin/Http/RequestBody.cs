using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Gateway.ControlPlane.Admin.Http;

/// <summary>Reads bodies of the kinds that Kong reads: JSON, and both kinds of forms.</summary>
internal static class RequestBody
{
    private static readonly JsonDocumentOptions JsonOptions = new() { MaxDepth = 64, AllowDuplicateProperties = false };
    private static readonly BodyResult Unparsable = new(Value: null, Refusal: AdminResponse.Message(StatusCodes.Status400BadRequest, "Cannot parse JSON body"));

    public static async Task<BodyResult> ReadAsync(HttpRequest request, long limit, CancellationToken cancellationToken)
    {
        var content = await ReadBytesAsync(request, limit, cancellationToken);
        if (content is null)
        {
            return new BodyResult(Value: null, Refusal: TooLarge(limit));
        }

        if (content.Length == 0)
        {
            return new BodyResult([]);
        }

        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type))
        {
            return Unsupported();
        }

        switch (type.MediaType.Value?.ToLowerInvariant())
        {
            case "application/json":
                return ParseJson(content);
            case "application/x-www-form-urlencoded":
                return ParseForm(QueryHelpers.ParseQuery(Encoding.UTF8.GetString(content)).SelectMany(field => field.Value, (field, value) => KeyValuePair.Create(field.Key, value ?? "")));
            case "multipart/form-data":
                return await ParseMultipartAsync(content, type, cancellationToken);
            default:
                return Unsupported();
        }
    }

    /// <summary>Null where it is longer than <paramref name="limit"/>.</summary>
    public static async Task<byte[]?> ReadBytesAsync(HttpRequest request, long limit, CancellationToken cancellationToken)
    {
        if (request.ContentLength > limit)
        {
            return null;
        }

        // The server's own limit is lower than a large configuration; this method's takes its place.
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } serverLimit)
        {
            serverLimit.MaxRequestBodySize = null;
        }

        var content = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (content.Length + read > limit)
            {
                return null;
            }

            content.Write(buffer, 0, read);
        }

        return content.ToArray();
    }

    public static AdminResponse TooLarge(long limit) =>
        AdminResponse.Message(StatusCodes.Status413PayloadTooLarge, $"the body is larger than {limit} bytes");

    public static async Task<List<KeyValuePair<string, string>>> ReadMultipartAsync(byte[] content, MediaTypeHeaderValue type, CancellationToken cancellationToken)
    {
        var fields = new List<KeyValuePair<string, string>>();
        var reader = new MultipartReader(HeaderUtilities.RemoveQuotes(type.Boundary).Value ?? "", new MemoryStream(content));
        while (await reader.ReadNextSectionAsync(cancellationToken) is { } section)
        {
            if (ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition) && !disposition.Name.Equals(null))
            {
                using var text = new StreamReader(section.Body, Encoding.UTF8);
                fields.Add(KeyValuePair.Create(HeaderUtilities.RemoveQuotes(disposition.Name).Value ?? "", await text.ReadToEndAsync(cancellationToken)));
            }
        }

        return fields;
    }

    public static BodyResult ParseJson(byte[] content)
    {
        try
        {
            return JsonNode.Parse(content, documentOptions: JsonOptions) is JsonObject body && HasWholeCharacters(content) ? new BodyResult(body) : Unparsable;
        }
        catch (JsonException)
        {
            return Unparsable;
        }
    }

    // JSON can escape half of a surrogate pair: the parser takes it, and who reads the text later gets an exception.
    private static bool HasWholeCharacters(byte[] content)
    {
        if (content.AsSpan().IndexOf("\\ud"u8) < 0 && content.AsSpan().IndexOf("\\uD"u8) < 0)
        {
            return true;
        }

        try
        {
            var reader = new Utf8JsonReader(content);
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
                {
                    reader.GetString();
                }
            }

            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static async Task<BodyResult> ParseMultipartAsync(byte[] content, MediaTypeHeaderValue type, CancellationToken cancellationToken)
    {
        try
        {
            return ParseForm(await ReadMultipartAsync(content, type, cancellationToken));
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or ArgumentException)
        {
            return new BodyResult(Value: null, Refusal: AdminResponse.Message(StatusCodes.Status400BadRequest, "Cannot parse multipart body"));
        }
    }

    private static BodyResult ParseForm(IEnumerable<KeyValuePair<string, string>> fields) =>
        FormFields.TryRead(fields, out var body, out var problem)
            ? new BodyResult(body, IsForm: true)
            : new BodyResult(Value: null, Refusal: AdminResponse.Message(StatusCodes.Status400BadRequest, problem));

    private static BodyResult Unsupported() =>
        new(Value: null, Refusal: AdminResponse.Message(StatusCodes.Status415UnsupportedMediaType, "Unsupported media type"));
}
