using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Gateway.Commands.Config;

/// <summary>The log of revisions, for people.</summary>
internal static class HistoryText
{
    public static string OfList(JsonObject answer)
    {
        var text = new StringBuilder();
        foreach (var revision in answer["data"]!.AsArray())
        {
            text.AppendLine(Line(revision!));
        }

        return text.ToString();
    }

    public static string OfOne(JsonObject answer)
    {
        var text = new StringBuilder().AppendLine(Line(answer));
        foreach (var change in answer["entities"]!.AsArray())
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {Change(change!)}");
            foreach (var field in (change!["fields"] as JsonArray ?? []).Select(field => (string)field!))
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"    {field}: {Value(change["before"], field)} -> {Value(change["after"], field)}");
            }
        }

        if (answer["next"] is not null)
        {
            text.AppendLine("  … and more: --json has the address of the next page");
        }

        return text.ToString();
    }

    public static string OfRollback(JsonObject answer)
    {
        var text = new StringBuilder();
        foreach (var change in answer["diff"]!.AsArray())
        {
            text.AppendLine(Change(change!));
        }

        var count = (int)answer["changes"]!;
        text.AppendLine(CultureInfo.InvariantCulture, $"{(count is 0 ? "nothing to change" : count is 1 ? "1 change" : $"{count} changes")}; revision {(long)answer["revision"]!}");
        return text.ToString();
    }

    private static string Line(JsonNode revision)
    {
        var count = (int)revision["changes"]!;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{(long)revision["revision"]!}  {(string)revision["time"]!}  {(string)revision["principal"]!}  {(string?)revision["source_address"] ?? "-"}  {count} {(count is 1 ? "change" : "changes")}  {(string?)revision["message"]}");
    }

    private static string Change(JsonNode change)
    {
        var fields = change["fields"] is JsonArray { Count: > 0 } names ? $" ({string.Join(", ", names.Select(name => (string?)name))})" : "";
        return $"{(string?)change["action"]} {(string?)change["kind"]}/{(string?)change["name"] ?? (string?)change["id"]}{fields}";
    }

    private static string Value(JsonNode? entity, string path) =>
        path.Split('.').Aggregate(entity, (node, step) => (node as JsonObject)?[step])?.ToJsonString() ?? "null";
}
