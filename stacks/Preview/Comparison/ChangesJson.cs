using System.Text.Json;

namespace Hybrid.Stacks.Preview.Comparison;

/// <summary>Changes for machines; <c>docs/preview-diff.schema.json</c> holds it to what <c>docs/preview.md</c> says.</summary>
internal static class ChangesJson
{
    public const int Version = 1;

    public static string Write(EnvironmentChanges changes) => JsonSerializer.Serialize(
        new
        {
            Version,
            changes.Environment,
            changes.From,
            changes.Commit,
            Add = changes.Count(ChangeAction.Add),
            Change = changes.Count(ChangeAction.Change),
            Replace = changes.Count(ChangeAction.Replace),
            Remove = changes.Count(ChangeAction.Remove),
            Destroys = changes.Destroyed.Select(destroyed => new { Stack = destroyed.Stack.Name, destroyed.Change.Urn, destroyed.Change.Loses }),
            Stacks = changes.Stacks.Select(stack => new
            {
                stack.Name,
                stack.Layer,
                Resources = stack.Resources.Select(change => new
                {
                    change.Action,
                    change.Type,
                    change.Name,
                    change.Urn,
                    change.FormerUrn,
                    change.Protected,
                    change.Loses,
                    Properties = change.Properties.Select(property => new { property.Path, property.From, property.To, property.Replaces }),
                    change.Notes,
                }),
                Outputs = stack.Outputs.Select(output => new { Name = output.Path, output.From, output.To }),
            }),
        },
        PreviewJson.Options);
}
