using System.Text.Encodings.Web;
using System.Text.Json;

namespace Hybrid.Stacks.Preview;

/// <summary>
/// The preview for machines: <c>{"environment", "stacks": [{"name", "layer", "resources": [{"type", "name", "parent", "protect", "inputs"}], "references": […],
/// "outputs": {…}}]}</c>. A parent is <c>TYPE::NAME</c> or null; a secret is the text <c>[secret]</c>.
/// </summary>
internal static class PreviewJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write(PreviewedEnvironment environment) => JsonSerializer.Serialize(
        new
        {
            environment.Environment,
            Stacks = environment.Stacks.Select(stack => new
            {
                stack.Name,
                stack.Layer,
                Resources = stack.Resources.Select(resource => new { resource.Type, resource.Name, resource.Parent, resource.Protect, resource.Inputs }),
                stack.References,
                stack.Outputs,
            }),
        },
        Options);
}
