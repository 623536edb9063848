using Gateway.Model.Configuration;

using Gateway.Tunnel.Entities;
using Gateway.Tunnel.Tests.Support;

namespace Gateway.Tunnel.Tests.Publication.Views;

/// <summary>Random changes of services, routes, consumers, credentials and plugins, some of them limited, and what a site may have of them by the plainest means.</summary>
internal sealed class RandomConfiguration(int seed)
{
    private static readonly string[] Tags = ["sites:region=eu", "sites:region=us", "sites:ring=canary", "sites:region=eu&ring=canary", "other"];

    private readonly Random _random = new(seed);
    private readonly Dictionary<EntityKey, (EntityKey[] Parents, string[] Tags)> _entities = [];

    public EntityChange[] Next() => [.. Enumerable.Range(0, _random.Next(1, 4)).Select(_ => One()).GroupBy(change => change.Key).Select(changes => changes.Last())];

    public EntitySet ViewOf(EntitySet content, IReadOnlyDictionary<string, string> labels) =>
        EntitySet.Of(content.Revision, content.Entities.Where(entity => MayHave(entity.Key, labels)).Select(entity => new EntityChange(entity.Key, entity.Value)));

    public bool MayHave(EntityKey key, IReadOnlyDictionary<string, string> labels)
    {
        if (!_entities.TryGetValue(key, out var entity))
        {
            return true;
        }

        var limits = entity.Tags.Where(tag => tag.StartsWith("sites:", StringComparison.Ordinal)).ToList();
        return (limits.Count == 0 || limits.Any(tag => tag["sites:".Length..].Split('&').All(pair => labels.GetValueOrDefault(pair.Split('=')[0]) == pair.Split('=')[1])))
            && entity.Parents.All(parent => MayHave(parent, labels));
    }

    private EntityChange One()
    {
        var number = _random.Next(6);
        var (key, parents) = _random.Next(5) switch
        {
            0 => (Some.Service(number), Array.Empty<EntityKey>()),
            1 => (Some.Route(number), [Some.Service(_random.Next(6))]),
            2 => (Some.Consumer(number), []),
            3 => (Some.Credential(number), [Some.Consumer(_random.Next(6))]),
            _ => (Some.Plugin(number), [.. Parents()]),
        };
        if (_random.Next(5) == 0)
        {
            _entities.Remove(key);
            return Some.Delete(key);
        }

        string[] tags = [.. Tags.Where(_ => _random.Next(8) == 0)];
        _entities[key] = (parents, tags);
        return Some.Put(key, parents, new System.Text.Json.Nodes.JsonObject { ["v"] = _random.Next(1000) }, tags);
    }

    private IEnumerable<EntityKey> Parents()
    {
        if (_random.Next(2) == 0)
        {
            yield return Some.Route(_random.Next(6));
        }

        if (_random.Next(2) == 0)
        {
            yield return Some.Consumer(_random.Next(6));
        }
    }
}
