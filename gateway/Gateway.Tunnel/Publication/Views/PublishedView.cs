using System.Collections.Concurrent;
using Gateway.Model.Configuration;
using Gateway.Tunnel.Entities;
using Gateway.Tunnel.Payloads;
using Gateway.Tunnel.Publication.Source;

namespace Gateway.Tunnel.Publication.Views;

/// <summary>
/// One revision as all instances of one channel, view and profile receive it. Payloads are made once, when the first instance needs them, and shared.
/// </summary>
internal sealed class PublishedView
{
    private readonly RevisionHistory _history;
    private readonly Lazy<Task<EncodedChanges>> _snapshot;
    private readonly ConcurrentDictionary<long, Lazy<Task<EncodedChanges?>>> _deltas = new();

    public PublishedView(string channel, EntitySet content, RevisionHistory history)
    {
        Channel = channel;
        Content = content;
        _history = history;
        _snapshot = new Lazy<Task<EncodedChanges>>(
            () => Task.Run(() => ChangeSetCodec.Encode(content.Entities.Select(entity => new EntityChange(entity.Key, entity.Value)))));
    }

    public string Channel { get; }

    public EntitySet Content { get; }

    public Task<EncodedChanges> SnapshotAsync() => _snapshot.Value;

    /// <summary>What leads here from another revision, many folded into one; null where that is not known, or would be no smaller than a snapshot.</summary>
    public Task<EncodedChanges?> DeltaFromAsync(long revision) =>
        _deltas.GetOrAdd(revision, from => new Lazy<Task<EncodedChanges?>>(() => Task.Run(() => Fold(from)))).Value;

    private EncodedChanges? Fold(long from)
    {
        var touched = _history.TouchedBetween(from, Content.Revision);
        if (touched is null || touched.Count > Content.Entities.Count + 100)
        {
            return null;
        }

        return ChangeSetCodec.Encode(
            touched.Select(key => new EntityChange(key, Content.Entities.TryGetValue(key, out var canonical) ? canonical : (ReadOnlyMemory<byte>?)null)));
    }
}
