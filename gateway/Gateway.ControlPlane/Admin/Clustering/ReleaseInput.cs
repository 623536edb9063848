using System.Globalization;
using System.Text.Json.Nodes;
using Gateway.ControlPlane.Admin.Http;
using Gateway.ControlPlane.Publication.Releases;

namespace Gateway.ControlPlane.Admin.Clustering;

/// <summary>A move of the releases as a client writes it. Forms and JSON say the same: a number may come as its text.</summary>
internal sealed class ReleaseInput
{
    private const int MaximumReason = 500;
    private const int MostRequests = 1_000_000;

    public IReadOnlyDictionary<string, string>? Sites { get; private set; }

    public long? Revision { get; private set; }

    public long? To { get; private set; }

    public string? Reason { get; private set; }

    /// <summary>Null where nothing was said of them.</summary>
    public StageTerms? Terms { get; private set; }

    public JsonObject Errors { get; } = [];

    /// <param name="fields">Those that this move knows. <c>to</c> is required where it is one of them.</param>
    public static ReleaseInput Read(BodyResult body, IReadOnlyCollection<string> fields)
    {
        var input = new ReleaseInput();
        foreach (var (field, value) in body.Value!)
        {
            var problem = fields.Contains(field, StringComparer.Ordinal) ? input.ReadField(field, value) : "unknown field";
            if (problem is not null)
            {
                input.Errors[field] = problem;
            }
        }

        if (fields.Contains("to", StringComparer.Ordinal) && input.To is null && !input.Errors.ContainsKey("to"))
        {
            input.Errors["to"] = "required field missing; allowed: a revision of /config/revisions";
        }

        return input;
    }

    private string? ReadField(string field, JsonNode? value)
    {
        switch (field)
        {
            case "sites":
                Sites = SiteInput.ReadLabels(value) is { Count: > 0 } labels ? labels : null;
                return Sites is null ? $"invalid labels; allowed: 1 to {SiteInput.MaxLabels} names with texts, each of 1 to {SiteInput.MaxLabelLength} characters" : null;
            case "revision":
                Revision = Whole(value);
                return Revision is null ? "expected a revision" : null;
            case "to":
                To = Whole(value);
                return To is null ? "expected a revision" : null;
            case "reason":
                Reason = Text(value);
                return Reason is { Length: > 0 and <= MaximumReason } ? null : string.Create(CultureInfo.InvariantCulture, $"expected a text of 1 to {MaximumReason} characters");
            case "max_error_rise":
                return ReadRise(value);
            default:
                return ReadRequests(value);
        }
    }

    private string? ReadRise(JsonNode? value)
    {
        if (Text(value) is not { } text || !double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var rise) || rise > 1)
        {
            return "expected a part of all requests; allowed: 0 to 1";
        }

        Terms = (Terms ?? StageTerms.Default) with { MaximumErrorRise = rise };
        return null;
    }

    private string? ReadRequests(JsonNode? value)
    {
        if (Whole(value) is not (>= 1 and <= MostRequests) || Whole(value) is not { } requests)
        {
            return string.Create(CultureInfo.InvariantCulture, $"expected a number of requests; allowed: 1 to {MostRequests}");
        }

        Terms = (Terms ?? StageTerms.Default) with { MinimumRequests = (int)requests };
        return null;
    }

    private static long? Whole(JsonNode? value) =>
        Text(value) is { } text && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string? Text(JsonNode? value) => value is JsonValue node ? node.TryGetValue<string>(out var text) ? text : node.ToJsonString() : null;
}
