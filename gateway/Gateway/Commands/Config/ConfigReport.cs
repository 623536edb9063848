using System.Text.Json.Nodes;

namespace Gateway.Commands.Config;

/// <summary>Words for readers of a terminal, or of a job's log.</summary>
internal static class ConfigReport
{
    /// <summary>
    /// A line for each entity, <c>update plugins/rate-limiting (config.minute)</c>, and below it one for each field that changes: <c>config.minute: 5 → 6</c>. Secrets come masked from the control plane.
    /// </summary>
    public static void Write(TextWriter output, LoadAnswer answer, TerminalColours colours)
    {
        foreach (var change in answer.Diff)
        {
            var fields = (change["fields"] as JsonArray ?? []).Select(name => (string)name!).ToList();
            var line = $"{change["action"]} {change["kind"]}/{change["name"] ?? change["id"]}{(fields.Count > 0 ? $" ({string.Join(", ", fields)})" : "")}";
            output.WriteLine((string?)change["action"] switch
            {
                "create" => colours.Green(line),
                "delete" => colours.Red(line),
                _ => colours.Yellow(line),
            });
            foreach (var field in fields)
            {
                output.WriteLine($"  {colours.Faint(field + ":")} {colours.Red(Value(change["before"], field))} → {colours.Green(Value(change["after"], field))}");
            }
        }
    }

    public static JsonObject ToJson(LoadAnswer answer) => new()
    {
        ["revision"] = answer.Revision,
        ["changes"] = answer.Changes,
        ["diff"] = new JsonArray([.. answer.Diff.Select(change => change.DeepClone())]),
    };

    public static string Count(int number, string singular, string plural) => number is 1 ? $"1 {singular}" : $"{number} {plural}";

    private static string Value(JsonNode? entity, string path) =>
        path.Split('.').Aggregate(entity, (node, step) => (node as JsonObject)?[step])?.ToJsonString() ?? "null";
}
