using System.Collections.Immutable;
using Pulumi;
using Pulumi.Utilities;

namespace Hybrid.Stacks.Preview;

/// <summary>
/// The names of a stack's resources as the engine makes them, the aliases included. A URN holds the types of all parents, so that a resource that moves to
/// another component, or whose component is called otherwise, is another resource unless an alias says that it is the same
/// (https://www.pulumi.com/docs/iac/concepts/resources/names/, https://www.pulumi.com/docs/iac/concepts/options/aliases/).
/// </summary>
internal sealed class ResourceNames(string stack, IReadOnlyDictionary<string, ResourceFacts> facts)
{
    private readonly Dictionary<string, ImmutableArray<string>> _aliases = new(StringComparer.Ordinal);

    public string Urn(string key) => Compose(stack, StackPreview.Project, facts[key].Parent is { } parent ? Urn(parent) : null, TypeOf(key), NameOf(key));

    public bool IsProtected(string key) => facts[key].Protect ?? (facts[key].Parent is { } parent && IsProtected(parent));

    public bool IsRetained(string key) => facts[key].RetainOnDelete ?? (facts[key].Parent is { } parent && IsRetained(parent));

    /// <summary>Every URN that the resource may have had: its own aliases, under each name that its parents may have had.</summary>
    public async Task<ImmutableArray<string>> AliasesAsync(string key)
    {
        if (_aliases.TryGetValue(key, out var known))
        {
            return known;
        }

        var own = facts[key];
        var aliases = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var input in own.Aliases)
        {
            var alias = await OutputUtilities.GetValueAsync(input.ToOutput());
            aliases.UnionWith(alias.Urn is { } urn ? [urn] : await FormerUrnsAsync(key, alias));
        }

        if (own.Parent is { } parent)
        {
            foreach (var formerParent in await AliasesAsync(parent))
            {
                aliases.Add(Compose(stack, StackPreview.Project, formerParent, TypeOf(key), Renamed(NameOf(key), NameOf(parent), NameOf(formerParent))));
            }
        }

        aliases.Remove(Urn(key));
        return _aliases[key] = [.. aliases];
    }

    private static string Compose(string stack, string project, string? parentUrn, string type, string name)
    {
        var parents = parentUrn?.Split("::")[2];
        return $"urn:pulumi:{stack}::{project}::{(parents is null ? type : $"{parents}${type}")}::{name}";
    }

    private static string TypeOf(string key) => key[..key.IndexOf("::", StringComparison.Ordinal)];

    private static string NameOf(string keyOrUrn) => keyOrUrn[(keyOrUrn.LastIndexOf("::", StringComparison.Ordinal) + 2)..];

    /// <summary>A child that carries its parent's name carried the former one before.</summary>
    private static string Renamed(string name, string parent, string formerParent) =>
        name.StartsWith(parent, StringComparison.Ordinal) ? formerParent + name[parent.Length..] : name;

    private static async Task<string?> TextAsync(Input<string>? input) => input is null ? null : await OutputUtilities.GetValueAsync(input.ToOutput());

    private async Task<IEnumerable<string>> FormerUrnsAsync(string key, Alias alias)
    {
        var name = await TextAsync(alias.Name) ?? NameOf(key);
        var type = await TextAsync(alias.Type) ?? TypeOf(key);
        var inStack = await TextAsync(alias.Stack) ?? stack;
        var project = await TextAsync(alias.Project) ?? StackPreview.Project;
        IEnumerable<string?> parents = alias switch
        {
            { NoParent: true } => [null],
            { ParentUrn: { } urn } => [await TextAsync(urn)],
            { Parent: { } other } => [Urn(ResourceFacts.KeyOf(other))],
            _ when facts[key].Parent is { } parent => [Urn(parent), .. await AliasesAsync(parent)],
            _ => [null],
        };
        return parents.Select(parent => Compose(inStack, project, parent, type, name));
    }
}
