using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Hybrid.Stacks.Policies;

namespace Hybrid.Stacks.Preview;

/// <summary>The preview for machines; <c>docs/preview.md</c> says what stands where, and <c>docs/preview.schema.json</c> holds it to that.</summary>
internal static class PreviewJson
{
    /// <summary>Of the format; a reader of one version can rely on all that its schema says.</summary>
    public const int Version = 1;

    public static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static string Write(PreviewedEnvironment environment, PolicyReport policies) => JsonSerializer.Serialize(
        new
        {
            Version,
            environment.Environment,
            environment.Mode,
            environment.Total,
            environment.Counts,
            Stacks = environment.Stacks.Select(stack => new
            {
                stack.Name,
                stack.Layer,
                Resources = stack.Resources.Select(resource => new
                {
                    resource.Type,
                    resource.Name,
                    resource.Urn,
                    resource.Aliases,
                    resource.Id,
                    resource.Parent,
                    resource.Provider,
                    resource.Protect,
                    resource.RetainOnDelete,
                    resource.IgnoreChanges,
                    resource.ReplaceOnChanges,
                    resource.Inputs,
                    resource.Unknown,
                    resource.Secrets,
                }),
                stack.References,
                stack.Outputs,
            }),
            Policies = PolicyJson.Write(policies),
        },
        Options);
}
