using System.Collections.Concurrent;
using Gateway.Model.References;
using Microsoft.Extensions.Logging;

namespace Gateway.DataPlane.References;

/// <summary>
/// Values of references that are kept elsewhere: asked for in the background, once for all plugins that want them, and again every minute. Who wants one for the first time finds none, and
/// is made anew when it has come. While a source does not answer, the last value goes on for an hour.
/// </summary>
internal sealed class RemoteReferences(IEnumerable<IReferenceSource> sources, TimeProvider time, ILogger<RemoteReferences> logger) : IDisposable
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    // Longer than any plugin waits between two looks: what nobody has looked at is not asked for any more.
    private static readonly TimeSpan Unused = TimeSpan.FromMinutes(10);

    private readonly Dictionary<string, IReferenceSource> _sources = sources.ToDictionary(static source => source.Name, StringComparer.Ordinal);
    private readonly ConcurrentDictionary<VaultReference, Entry> _entries = new();
    private readonly SemaphoreSlim _wanted = new(0);

    public bool IsRemote(VaultReference reference) => _sources.ContainsKey(reference.Source);

    /// <summary>The whole value, null where there is none yet, or none any more.</summary>
    public string? Find(VaultReference reference)
    {
        var now = time.GetUtcNow();
        var isNew = false;
        var entry = _entries.GetOrAdd(reference with { Key = null }, _ =>
        {
            isNew = true;
            return new Entry { Next = now };
        });
        entry.Looked = now;
        if (isNew)
        {
            _wanted.Release();
        }

        return now - entry.ReadAt <= ReferencingPlugin.MaximumAge ? entry.Value : null;
    }

    /// <summary>Waits until something is to be asked for, a minute at most.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var next = _entries.Values.Select(static entry => entry.Next).DefaultIfEmpty(now + Lifetime).Min() - now;
        await _wanted.WaitAsync(next < FirstPause ? FirstPause : next < Lifetime ? next : Lifetime, cancellationToken);
    }

    /// <summary>Asks for what is due. One caller at a time.</summary>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        foreach (var (reference, entry) in _entries)
        {
            var now = time.GetUtcNow();
            if (now - entry.Looked > Unused)
            {
                _entries.TryRemove(reference, out _);
            }
            else if (entry.Next <= now)
            {
                await ReadAsync(reference, entry, cancellationToken);
            }
        }
    }

    public void Dispose() => _wanted.Dispose();

    private async Task ReadAsync(VaultReference reference, Entry entry, CancellationToken cancellationToken)
    {
        try
        {
            entry.Value = await _sources[reference.Source].ReadAsync(reference, cancellationToken);
            entry.ReadAt = time.GetUtcNow();
            entry.Next = entry.ReadAt + Lifetime;
            entry.Pause = FirstPause;
        }
        catch (ReferenceSourceException failure)
        {
            ReferenceLog.SourceFailed(logger, reference.Source, reference.Name, failure.Message);
            entry.Next = time.GetUtcNow() + entry.Pause;
            entry.Pause = entry.Pause * 2 < Lifetime ? entry.Pause * 2 : Lifetime;
        }
    }

    private sealed class Entry
    {
        public string? Value { get; set; }

        public DateTimeOffset ReadAt { get; set; }

        public DateTimeOffset Next { get; set; }

        public DateTimeOffset Looked { get; set; }

        public TimeSpan Pause { get; set; } = FirstPause;
    }
}
