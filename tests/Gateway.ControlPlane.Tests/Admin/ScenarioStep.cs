using System.Text;

namespace Gateway.ControlPlane.Tests.Admin;

/// <summary>A request and the answer to it, as a scenario file writes them.</summary>
/// <param name="Title">What the step shows.</param>
/// <param name="Request">Method, path and, where it is not JSON, the media type.</param>
/// <param name="Expected">What must be in the answer's JSON; empty where nothing is said of it.</param>
internal sealed record ScenarioStep(string Title, string Request, string Body, int Status, string Expected)
{
    /// <summary>Steps begin with <c>### title</c>; the line <c>=> STATUS</c> parts the request from the answer.</summary>
    public static IReadOnlyList<ScenarioStep> ReadAll(string text)
    {
        var steps = new List<ScenarioStep>();
        foreach (var part in text.Split("### ", StringSplitOptions.RemoveEmptyEntries))
        {
            var lines = part.Split('\n');
            var answer = Array.FindIndex(lines, line => line.StartsWith("=> ", StringComparison.Ordinal));
            steps.Add(new ScenarioStep(
                lines[0].Trim(), lines[1].Trim(), Join(lines[2..answer]), int.Parse(lines[answer][3..]), Join(lines[(answer + 1)..])));
        }

        return steps;
    }

    private static string Join(IEnumerable<string> lines) => new StringBuilder().AppendJoin('\n', lines).ToString().Trim();
}
