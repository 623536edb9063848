using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Hybrid.Infra.Changes;

namespace Hybrid.Stacks.Preview.Comparison;

/// <summary>Holds two previews of an environment against each other, as the engine would hold a program against its state: by URN, aliases honoured.</summary>
internal static class EnvironmentComparison
{
    public static EnvironmentChanges Of(PreviewDocument before, PreviewDocument after, string from, string commit)
    {
        var names = after.Stacks.Select(stack => stack.Name).Union(before.Stacks.Select(stack => stack.Name), StringComparer.Ordinal);
        var stacks = names
            .Select(name => new StackComparison(
                before.Stacks.FirstOrDefault(stack => string.Equals(stack.Name, name, StringComparison.Ordinal)),
                after.Stacks.FirstOrDefault(stack => string.Equals(stack.Name, name, StringComparison.Ordinal))))
            .ToImmutableArray();
        new ReplacementSpread([.. stacks.SelectMany(stack => stack.Matched)]).Run();
        return new EnvironmentChanges(after.Environment, from, commit, [.. stacks.Select(stack => stack.Result()).Where(stack => !stack.Resources.IsEmpty || !stack.Outputs.IsEmpty)]);
    }

    private sealed class StackComparison
    {
        private readonly StackDocument? _before;
        private readonly StackDocument? _after;
        private readonly ImmutableArray<ResourceDocument> _added;
        private readonly ImmutableArray<ResourceDocument> _removed;

        public StackComparison(StackDocument? before, StackDocument? after)
        {
            _before = before;
            _after = after;
            var left = (before?.Resources ?? []).ToDictionary(resource => resource.Urn, StringComparer.Ordinal);
            var matched = ImmutableArray.CreateBuilder<MatchedResource>();
            var added = ImmutableArray.CreateBuilder<ResourceDocument>();

            // Own names first: an alias does not take over what another resource still is.
            foreach (var resource in (after?.Resources ?? []).OrderBy(resource => left.ContainsKey(resource.Urn) ? 0 : 1))
            {
                if (resource.Aliases.Prepend(resource.Urn).FirstOrDefault(left.ContainsKey) is { } urn)
                {
                    matched.Add(new MatchedResource(after!.Name, left[urn], resource));
                    left.Remove(urn);
                }
                else
                {
                    added.Add(resource);
                }
            }

            Matched = matched.ToImmutable();
            _added = added.ToImmutable();
            _removed = [.. (before?.Resources ?? []).Where(resource => left.ContainsKey(resource.Urn))];
        }

        public ImmutableArray<MatchedResource> Matched { get; }

        public StackChanges Result()
        {
            var changes = _added.Select(Added)
                .Concat(Matched.Where(IsWorthTelling).Select(Changed))
                .Concat(_removed.Select(Removed))
                .OrderBy(change => change.Name, StringComparer.Ordinal)
                .ThenBy(change => change.Type, StringComparer.Ordinal)
                .ThenBy(change => change.Action);
            var known = (_after ?? _before)!;
            return new StackChanges(known.Name, known.Layer, [.. changes], PropertyComparison.Of(_before?.Outputs ?? [], _after?.Outputs ?? []));
        }

        /// <summary>A new name by an alias changes the state and nothing else, and is still told.</summary>
        private static bool IsWorthTelling(MatchedResource resource) => resource.IsChanged || IsRenamed(resource);

        private static bool IsRenamed(MatchedResource resource) => !string.Equals(resource.Before.Urn, resource.After.Urn, StringComparison.Ordinal);

        private static ResourceChange Changed(MatchedResource resource)
        {
            var notes = resource.Causes.ToBuilder();
            if (IsRenamed(resource))
            {
                notes.Add($"was {resource.Before.Name} before; an alias keeps it");
            }

            if (ChangeTable.Find(resource.After.Type) is null && !resource.After.Type.StartsWith("hybrid:", StringComparison.Ordinal))
            {
                notes.Add("whether this replaces it is not known: its type has no entry in infra/Changes");
            }

            if (resource is { IsReplaced: true, Before.Protect: true })
            {
                notes.Add("protected: `pulumi up` refuses to replace it");
            }

            return new ResourceChange
            {
                Action = resource.IsReplaced ? ChangeAction.Replace : ChangeAction.Change,
                Type = resource.After.Type,
                Name = resource.After.Name,
                Urn = resource.After.Urn,
                FormerUrn = IsRenamed(resource) ? resource.Before.Urn : null,
                Protected = resource.Before.Protect,
                Properties = resource.Properties,
                Loses = resource.IsReplaced && !resource.Before.RetainOnDelete ? LossOf(resource.Before) : null,
                Notes = notes.ToImmutable(),
            };
        }

        private static string? LossOf(ResourceDocument resource) => ChangeTable.Find(resource.Type)?.LossOf(resource.Name, resource.ParentType);

        /// <summary>The same thing under another name, which without an alias is deleted and made anew.</summary>
        private static bool LooksLike(ResourceDocument one, ResourceDocument other) =>
            string.Equals(one.Type, other.Type, StringComparison.Ordinal)
            && (string.Equals(one.Name, other.Name, StringComparison.Ordinal) || (one.Inputs.Count > 0 && JsonNode.DeepEquals(one.Inputs, other.Inputs)));

        private ResourceChange Added(ResourceDocument resource) => new()
        {
            Action = ChangeAction.Add,
            Type = resource.Type,
            Name = resource.Name,
            Urn = resource.Urn,
            Protected = resource.Protect,
            Notes = _removed.FirstOrDefault(removed => LooksLike(removed, resource)) is { } former
                ? [$"has what {former.Name} had, which is removed: if it is the same thing, an alias of {former.Urn} keeps it"]
                : [],
        };

        private ResourceChange Removed(ResourceDocument resource)
        {
            var notes = ImmutableArray.CreateBuilder<string>();
            if (resource.RetainOnDelete)
            {
                notes.Add("only forgotten: it is kept, by its retainOnDelete");
            }

            if (resource.Protect)
            {
                notes.Add("protected: `pulumi up` refuses to delete it");
            }

            if (_added.FirstOrDefault(added => LooksLike(resource, added)) is { } now)
            {
                notes.Add($"{now.Name}, which is added, has what it had: if it is the same thing, an alias keeps it");
            }

            return new ResourceChange
            {
                Action = ChangeAction.Remove,
                Type = resource.Type,
                Name = resource.Name,
                Urn = resource.Urn,
                Protected = resource.Protect,
                Loses = resource.RetainOnDelete ? null : LossOf(resource),
                Notes = notes.ToImmutable(),
            };
        }
    }
}
