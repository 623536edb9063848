using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Gateway.Commands.Release;

/// <summary>Where the releases stand, for people.</summary>
internal static class ReleaseText
{
    private const int MovesShown = 3;

    public static string Of(JsonObject status)
    {
        var text = new StringBuilder();
        void Line(FormattableString line) => text.AppendLine(line.ToString(CultureInfo.InvariantCulture));

        Line($"stable   revision {(long)status["stable"]!["revision"]!}{((bool)status["stable"]!["held"]! ? " (held)" : "")}");
        if (status["stage"] is JsonObject stage)
        {
            var labels = string.Join(',', stage["sites"]!.AsObject().Select(label => $"{label.Key}={(string)label.Value!}"));
            var sites = string.Join(", ", stage["matching_sites"]!.AsArray().Select(site => (string)site!));
            Line($"stage    revision {(long)stage["revision"]!} at the sites with {labels}: {(sites.Length > 0 ? sites : "none")}");
            Line($"         {(int)stage["instances"]!["applied"]!} of {(int)stage["instances"]!["connected"]!} instances run it, {(int)stage["instances"]!["refused"]!} refused it");
            var errors = stage["errors"]!;
            Line($"         5xx: {Share(errors["since"]!)} since, {Share(errors["before"]!)} before; aborts after a rise of {(double)errors["max_error_rise"]!:P1} over at least {(int)errors["min_requests"]!} requests");
        }

        Line($"newest   revision {(long)status["head_revision"]!}; {(long)status["waiting_revisions"]!} waiting{((string?)status["waiting_because"] is { } cause ? $": {cause}" : "")}");
        foreach (var move in status["moves"]!.AsArray().Take(MovesShown))
        {
            Line($"{(string)move!["time"]!}  {(string)move["action"]!} revision {(long)move["revision"]!} by {(string)move["principal"]!}{((string?)move["reason"] is { } reason ? $": {reason}" : "")}");
        }

        return text.ToString();
    }

    private static string Share(JsonNode counts) =>
        string.Create(CultureInfo.InvariantCulture, $"{(double)counts["share"]!:P1} of {(long)counts["requests"]!} requests");
}
