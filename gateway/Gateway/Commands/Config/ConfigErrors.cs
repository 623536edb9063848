using System.Text.Json.Nodes;
using Gateway.Model;

namespace Gateway.Commands.Config;

/// <summary>What is wrong with files: by the control plane's word, or by the same rules without one.</summary>
internal sealed class ConfigErrors(IReadOnlyList<ModelError> errors) : CommandException(string.Join(Environment.NewLine + "gateway: ", errors.Select(error => error.ToString())))
{
    public JsonArray ToJson() => new([.. errors.Select(error => new JsonObject { ["field"] = error.Field, ["problem"] = error.Problem, ["allowed"] = error.Allowed })]);
}
