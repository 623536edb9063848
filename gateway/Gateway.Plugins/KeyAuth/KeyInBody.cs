using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.DataPlane.Pipeline;
using Microsoft.AspNetCore.Http;

namespace Gateway.Plugins.KeyAuth;

/// <summary>A key in a form or a JSON object. Bodies of other types, and longer ones than can be buffered, hold none.</summary>
internal sealed class KeyInBody
{
    private readonly string? _form;
    private readonly JsonObject? _json;

    private KeyInBody(string? form, JsonObject? json)
    {
        _form = form;
        _json = json;
    }

    public static async ValueTask<KeyInBody> ReadAsync(HttpContext http)
    {
        var type = http.Request.ContentType ?? string.Empty;
        var isForm = type.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase);
        var isJson = type.StartsWith("application/json", StringComparison.OrdinalIgnoreCase);
        if ((!isForm && !isJson) || await BufferedBody.ReadAsync(http) is not { } body)
        {
            return new KeyInBody(null, null);
        }

        return isForm ? new KeyInBody(Encoding.UTF8.GetString(body.Span), null) : new KeyInBody(null, ParseObject(body.Span));
    }

    public PresentedKey Find(string name)
    {
        if (_form is not null)
        {
            return KeyInQuery.Find(_form.AsMemory(), name);
        }

        return _json?[name] switch
        {
            JsonValue value when value.TryGetValue<string>(out var key) => new PresentedKey(key),
            JsonArray => new PresentedKey(null, IsDuplicate: true),
            _ => default,
        };
    }

    public void Hide(HttpContext http, string name)
    {
        if (_form is not null && Find(name).IsPresent)
        {
            BufferedBody.Replace(http, Encoding.UTF8.GetBytes(KeyInQuery.Without(_form, name)));
        }
        else if (_json is not null && _json.Remove(name))
        {
            BufferedBody.Replace(http, Encoding.UTF8.GetBytes(_json.ToJsonString()));
        }
    }

    private static JsonObject? ParseObject(ReadOnlySpan<byte> body)
    {
        try
        {
            var parsed = JsonNode.Parse(body) as JsonObject;

            // A property that stands twice is found when the object is first looked into.
            _ = parsed?.Count;
            return parsed;
        }
        catch (Exception invalid) when (invalid is JsonException or ArgumentException)
        {
            return null;
        }
    }
}
