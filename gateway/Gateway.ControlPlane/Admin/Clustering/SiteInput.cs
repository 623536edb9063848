using System.Text.Json.Nodes;
using Gateway.ControlPlane.Admin.Http;
using Gateway.ControlPlane.Sites;

namespace Gateway.ControlPlane.Admin.Clustering;

/// <summary>A site as a client writes it.</summary>
internal sealed record SiteInput(string? Name, bool? Enabled, IReadOnlyDictionary<string, string>? Labels, JsonObject Errors)
{
    public const int MaxLabels = 32;
    public const int MaxLabelLength = 63;

    public static SiteInput Read(BodyResult body, bool nameRequired)
    {
        string? name = null;
        bool? enabled = null;
        Dictionary<string, string>? labels = null;
        var errors = new JsonObject();
        foreach (var (field, value) in body.Value!)
        {
            switch (field)
            {
                case "name" when nameRequired:
                    name = Text(value);
                    if (name is null || !SiteNames.IsValid(name))
                    {
                        errors[field] = $"invalid name; allowed: {SiteNames.Allowed}";
                    }

                    break;
                case "enabled":
                    enabled = Flag(value);
                    if (enabled is null)
                    {
                        errors[field] = "expected a boolean";
                    }

                    break;
                case "labels":
                    labels = ReadLabels(value);
                    if (labels is null)
                    {
                        errors[field] = $"invalid labels; allowed: at most {MaxLabels} names with texts, each of 1 to {MaxLabelLength} characters";
                    }

                    break;
                default:
                    errors[field] = nameRequired || field != "name" ? "unknown field" : "a site's name can't be changed: its certificate carries it";
                    break;
            }
        }

        if (nameRequired && name is null && !errors.ContainsKey("name"))
        {
            errors["name"] = "required field missing";
        }

        return new SiteInput(name, enabled, labels, errors);
    }

    private static string? Text(JsonNode? value) => value is JsonValue text && text.TryGetValue<string>(out var result) ? result : null;

    private static bool? Flag(JsonNode? value) => value is JsonValue flag && flag.TryGetValue<bool>(out var result)
        ? result
        : Text(value) switch
        {
            "true" => true,
            "false" => false,
            _ => null,
        };

    internal static Dictionary<string, string>? ReadLabels(JsonNode? value)
    {
        if (value is not JsonObject { Count: <= MaxLabels } holder)
        {
            return null;
        }

        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, node) in holder)
        {
            if (name.Length is 0 or > MaxLabelLength || Text(node) is not { Length: > 0 and <= MaxLabelLength } text)
            {
                return null;
            }

            labels.Add(name, text);
        }

        return labels;
    }
}
