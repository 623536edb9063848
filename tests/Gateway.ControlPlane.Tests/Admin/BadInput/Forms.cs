using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using CsCheck;

namespace Gateway.ControlPlane.Tests.Admin.BadInput;

/// <summary>Bodies as forms.</summary>
internal static class Forms
{
    private static readonly Gen<string> Names = Gen.OneOf(
        "name", "host", "paths[]", "paths[1]", "paths[2]", "paths[99999999999]", "paths[-1]", "paths[", "[]", "[1]", ".", "a..b", "config.", ".config", "config.minute", "config.minute.x", "config[]", "name[]",
        "service.id", "service.name", "tags", "tags[]", "tags.a", "headers.x-a", "headers.x-a[]", "healthchecks.active.healthy.interval", "retries", "enabled", "%", "\u0000", "ä");

    /// <summary>Any form, with names and values that may be no valid UTF-8.</summary>
    public static Gen<byte[]> Anything { get; } = Gen.Select(
        Gen.Select(Names, Gen.OneOf("", "1", "a", "true", "1e999", new string('9', 400), "%00", "%ff%fe", "+", "a%", "/a", "********")).Array[0, 6],
        Gen.OneOf("&", "&&", ";")).Select(form => Encoding.UTF8.GetBytes(string.Join(form.Item2, form.Item1.Select(field => $"{field.Item1}={field.Item2}"))));

    /// <summary>The same entity as a form, in Kong's way; null where a form can't say it.</summary>
    public static byte[]? Of(JsonObject entity)
    {
        var fields = new List<string>();
        return TryAdd("", entity, fields) ? Encoding.UTF8.GetBytes(string.Join('&', fields)) : null;
    }

    public static HttpContent Content(byte[] form)
    {
        var content = new ByteArrayContent(form);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
        return content;
    }

    private static bool TryAdd(string name, JsonNode? node, List<string> fields)
    {
        switch (node)
        {
            case JsonObject members:
                return members.All(member => member.Key.Length > 0 && !member.Key.AsSpan().ContainsAny('.', '[', ']') && TryAdd(name.Length == 0 ? member.Key : $"{name}.{member.Key}", member.Value, fields));
            case JsonArray elements:
                return elements.All(element => element is JsonValue && TryAdd(name + "[]", element, fields));
            case null:
                return false;
            default:
                fields.Add($"{Uri.EscapeDataString(name)}={Uri.EscapeDataString(node.ToString())}");
                return true;
        }
    }
}
