using System.Text.Json.Nodes;

namespace Gateway.Commands.Config;

/// <summary>What the Admin API says about a load.</summary>
/// <param name="Revision">The revision that the control plane has now.</param>
/// <param name="Changes">How many entities changed, or would.</param>
/// <param name="Diff">Each of them: action, kind, id, name, fields.</param>
internal sealed record LoadAnswer(long Revision, int Changes, IReadOnlyList<JsonObject> Diff);
