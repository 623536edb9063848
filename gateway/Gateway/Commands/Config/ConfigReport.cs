using System.Text.Json.Nodes;

namespace Gateway.Commands.Config;

/// <summary>Words for readers of a terminal, or of a job's log.</summary>
internal static class ConfigReport
{
    /// <summary>A line for each entity: <c>update plugins/rate-limiting (config.minute)</c>.</summary>
    public static void Write(TextWriter output, LoadAnswer answer)
    {
        foreach (var change in answer.Diff)
        {
            var fields = change["fields"] is JsonArray { Count: > 0 } names ? $" ({string.Join(", ", names.Select(name => (string?)name))})" : "";
            output.WriteLine($"{change["action"]} {change["kind"]}/{change["name"] ?? change["id"]}{fields}");
        }
    }

    /// <summary>One line for each error, all of them after the same prefix.</summary>
    public static CommandException Refusal(IEnumerable<string> errors) => new(string.Join(Environment.NewLine + "gateway: ", errors));
}
