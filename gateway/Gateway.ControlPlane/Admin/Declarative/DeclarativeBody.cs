using System.Text;
using System.Text.Json.Nodes;
using Gateway.ControlPlane.Admin.Http;
using Microsoft.Net.Http.Headers;

namespace Gateway.ControlPlane.Admin.Declarative;

/// <summary>The declarative file that a request carries, in any of the ways that Kong takes one, or why not.</summary>
/// <param name="Text">YAML or JSON.</param>
internal sealed record DeclarativeBody(string? Text, AdminResponse? Refusal = null)
{
    /// <summary>
    /// A multipart form or JSON whose field <c>config</c> is the file's text; or the file itself, as JSON or YAML.
    /// </summary>
    public static async Task<DeclarativeBody> ReadAsync(HttpRequest request, long limit, CancellationToken cancellationToken)
    {
        var content = await RequestBody.ReadBytesAsync(request, limit, cancellationToken);
        if (content is null)
        {
            return new DeclarativeBody(Text: null, RequestBody.TooLarge(limit));
        }

        if (content.Length == 0)
        {
            return Missing();
        }

        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type))
        {
            return new DeclarativeBody(Encoding.UTF8.GetString(content));
        }

        switch (type.MediaType.Value?.ToLowerInvariant())
        {
            case "application/json":
                return ReadJson(content);
            case "multipart/form-data":
                return await ReadMultipartAsync(content, type, cancellationToken);
            case "application/yaml" or "application/x-yaml" or "text/yaml" or "text/x-yaml" or "text/plain" or "application/octet-stream":
                return new DeclarativeBody(Encoding.UTF8.GetString(content));
            default:
                return new DeclarativeBody(Text: null, AdminResponse.Message(StatusCodes.Status415UnsupportedMediaType, "Unsupported media type"));
        }
    }

    private static DeclarativeBody ReadJson(byte[] content)
    {
        var body = RequestBody.ParseJson(content);
        return body.Refusal is not null ? new DeclarativeBody(Text: null, body.Refusal)
            : body.Value!["config"] is JsonValue config && config.TryGetValue<string>(out var text) ? new DeclarativeBody(text)
            : new DeclarativeBody(Encoding.UTF8.GetString(content));
    }

    private static async Task<DeclarativeBody> ReadMultipartAsync(byte[] content, MediaTypeHeaderValue type, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var (name, value) in await RequestBody.ReadMultipartAsync(content, type, cancellationToken))
            {
                if (name == "config")
                {
                    return new DeclarativeBody(value);
                }
            }

            return Missing();
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or ArgumentException)
        {
            return new DeclarativeBody(Text: null, AdminResponse.Message(StatusCodes.Status400BadRequest, "Cannot parse multipart body"));
        }
    }

    private static DeclarativeBody Missing() => new(
        Text: null,
        AdminResponse.Of(new ConfigurationError(
            ErrorCode.DeclarativeConfig, "expected a declarative configuration", new JsonObject { ["config"] = "required field missing" })));
}
