using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Gateway.Model;
using Gateway.Model.Configuration;
using Gateway.Tunnel.Entities;
using Gateway.Tunnel.Payloads;
using Gateway.Tunnel.Publication.Compatibility;
using Gateway.Tunnel.Publication.Source;
using Gateway.Tunnel.Publication.Streams;
using Gateway.Tunnel.Sites;

namespace Gateway.Tunnel.Publication.Views;

/// <summary>
/// One revision as all instances of one channel, one set of rights and one profile receive it. Payloads are made once, when the first instance needs them, and
/// shared.
/// </summary>
internal sealed class PublishedView
{
    private const int MaximumProblems = 20;

    private readonly RevisionHistory _history;
    private readonly Lazy<Task<EncodedChanges>> _snapshot;
    private readonly Lazy<(SyncStatus, IReadOnlyList<ModelError>)> _verdict;
    private readonly ConcurrentDictionary<long, Lazy<Task<EncodedChanges?>>> _deltasFromUnknown = new();

    // Weak, or each view would hold every earlier one.
    private readonly ConditionalWeakTable<PublishedView, Lazy<Task<EncodedChanges?>>> _deltas = [];

    public PublishedView(
        string channel, SiteView site, Translation translation, EntitySet content, ImmutableDictionary<EntityKey, Incompatibility> incompatibilities, RevisionHistory history)
    {
        (Channel, Site, Translation, Content, Incompatibilities) = (channel, site, translation, content, incompatibilities);
        _history = history;
        _verdict = new Lazy<(SyncStatus, IReadOnlyList<ModelError>)>(Judge);
        _snapshot = new Lazy<Task<EncodedChanges>>(
            () => Task.Run(() => ChangeSetCodec.Encode(content.Entities.Select(entity => new EntityChange(entity.Key, entity.Value)))));
    }

    public string Channel { get; }

    public SiteView Site { get; }

    public Translation Translation { get; }

    public EntitySet Content { get; }

    /// <summary>By entity: what its profile can't read.</summary>
    public ImmutableDictionary<EntityKey, Incompatibility> Incompatibilities { get; }

    /// <summary>Whether instances of its profile may have it, and everything that is lost to them: <see cref="SyncStatus.Normal"/>, or why it is held back.</summary>
    public (SyncStatus Status, IReadOnlyList<ModelError> Problems) Verdict => _verdict.Value;

    public bool Is(DeliveryPoint point) => Content.Revision == point.Revision && Content.Hash == point.Hash;

    public Task<EncodedChanges> SnapshotAsync() => _snapshot.Value;

    /// <summary>
    /// What leads here from what the instance has, many revisions folded into one: nothing is named that it neither had nor shall have. Null where that would be no
    /// smaller than a snapshot.
    /// </summary>
    public Task<EncodedChanges?> DeltaFromAsync(PublishedView from) =>
        _deltas.GetValue(from, before => new Lazy<Task<EncodedChanges?>>(() => Task.Run(() => DeltaFold.Between(before, this, _history)))).Value;

    /// <summary>As <see cref="DeltaFromAsync(PublishedView)"/>, where only the revision is known that the instance has: null, too, where a deletion could tell what it never had.</summary>
    public Task<EncodedChanges?> DeltaFromAsync(long revision) =>
        _deltasFromUnknown.GetOrAdd(revision, from => new Lazy<Task<EncodedChanges?>>(() => Task.Run(() => DeltaFold.FromUnknown(from, this, _history)))).Value;

    // What holds it back stands alone: what is only left out matters where it is sent.
    private (SyncStatus Status, IReadOnlyList<ModelError> Problems) Judge()
    {
        var distinct = Incompatibilities.Values.Distinct().ToList();
        var status = distinct.Select(problem => problem.Status).DefaultIfEmpty(SyncStatus.Normal).MaxBy(Severity);
        return (status, [.. distinct.Where(problem => (problem.Status == SyncStatus.Normal) == (status == SyncStatus.Normal))
            .Select(problem => problem.Error).OrderBy(error => error.Field, StringComparer.Ordinal).Take(MaximumProblems)]);
    }

    private static int Severity(SyncStatus status) => status switch
    {
        SyncStatus.VersionIncompatible => 3,
        SyncStatus.PluginSetIncompatible => 2,
        SyncStatus.PluginVersionIncompatible => 1,
        _ => 0,
    };
}
