using System.Text.Json.Nodes;
using Gateway.Model;
using Gateway.Model.Configuration;
using Gateway.Tunnel.Sites;

namespace Gateway.Tunnel.Publication.Compatibility;

/// <summary>Takes out of entities what an older version cannot read.</summary>
internal sealed class VersionRule
{
    private readonly ILookup<string, Introduction> _byKind;
    private readonly GatewayVersionNumber _version;

    public VersionRule(Introductions introductions, GatewayVersionNumber version)
    {
        _version = version;
        _byKind = introductions.All.Where(one => version.IsBefore(GatewayVersionNumber.TryParse(one.Since)!.Value)).ToLookup(one => one.Kind, StringComparer.Ordinal);
    }

    /// <summary>Whether there is nothing to take out.</summary>
    public bool IsEmpty => _byKind.Count == 0;

    public Translated Apply(EntityKey key, ReadOnlyMemory<byte> canonical)
    {
        if (!_byKind.Contains(key.Kind))
        {
            return new Translated(canonical, null);
        }

        JsonObject? entity = null;
        Incompatibility? problem = null;
        foreach (var introduction in _byKind[key.Kind])
        {
            if (introduction.Field is null)
            {
                // Without the cast, null would be an empty memory: an array converts to one.
                return new Translated(introduction.MayBeLeftOut ? (ReadOnlyMemory<byte>?)null : canonical, Loss(introduction));
            }

            entity ??= CanonicalForm.Read(canonical.Span);
            if (introduction.Plugin is not null && (string?)entity["name"] != introduction.Plugin)
            {
                continue;
            }

            var (holder, name) = Find(entity, introduction.Field);
            if (holder is null || !holder.ContainsKey(name))
            {
                continue;
            }

            if (!JsonNode.DeepEquals(holder[name], introduction.Neutral))
            {
                // What holds a revision back outweighs what is only left out.
                var loss = Loss(introduction);
                problem = problem is null or { Status: SyncStatus.Normal } ? loss : problem;
            }

            holder.Remove(name);
        }

        return new Translated(entity is null ? canonical : CanonicalForm.Write(entity), problem);
    }

    private Incompatibility Loss(Introduction introduction) => introduction.MayBeLeftOut
        ? new Incompatibility(SyncStatus.Normal, new ModelError($"{introduction}", $"left out: version {_version} does not read it", $"version {introduction.Since} or later"))
        : new Incompatibility(SyncStatus.VersionIncompatible, new ModelError(
            $"{introduction}",
            $"in use, and version {_version} does not read it",
            introduction.Field is null ? $"version {introduction.Since} or later" : $"version {introduction.Since} or later, or {introduction.Neutral?.ToJsonString() ?? "null"}"));

    private static (JsonObject? Holder, string Name) Find(JsonObject entity, string field)
    {
        var holder = entity;
        var path = field.Split('.');
        foreach (var step in path.AsSpan(0, path.Length - 1))
        {
            if (holder[step] is not JsonObject inner)
            {
                return (null, path[^1]);
            }

            holder = inner;
        }

        return (holder, path[^1]);
    }
}
