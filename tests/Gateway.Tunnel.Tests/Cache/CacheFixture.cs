using Gateway.Model.Configuration;
using Gateway.Tunnel.Cache;
using Gateway.Tunnel.Entities;
using Gateway.Tunnel.Payloads;
using Gateway.Tunnel.Protocol;
using Gateway.Tunnel.Subscription;
using Gateway.Tunnel.Tests.Support;
using Hybrid.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gateway.Tunnel.Tests.Cache;

/// <summary>A cache folder with its key file, opened as often as a test likes, as by one process after another.</summary>
internal sealed class CacheFixture : IDisposable
{
    public static readonly CacheScope Scope = new("test.example", "on-prem");
    private readonly TemporaryFolder _folder = new();

    public CacheFixture() => CacheKeyRing.Create(KeyFile, "k1");

    public string Folder => _folder.PathOf("cache");

    public string KeyFile => _folder.PathOf("keys.json");

    public ManualTime Time { get; } = new();

    /// <summary>Every state that was ever saved, by revision.</summary>
    public Dictionary<long, string> Saved { get; } = [];

    public static TimeSpan GoodAfter { get; } = TimeSpan.FromMinutes(1);

    public ConfigurationCache Open(CacheScope? scope = null, Func<Stream, Stream>? intercept = null) => new(
        new CacheFolder(Folder, intercept),
        scope ?? Scope,
        () => CacheKeyRing.Load(KeyFile),
        GoodAfter,
        64 * 1024 * 1024,
        Time,
        NullLogger<ConfigurationCache>.Instance);

    /// <summary>As a process that starts with the newest state that can be used.</summary>
    public static EntitySet? Start(ConfigurationCache cache)
    {
        var stored = cache.Load().FirstOrDefault();
        if (stored is not null)
        {
            cache.Adopt(stored);
        }

        return stored?.Content;
    }

    public EntitySet Snapshot(ConfigurationCache cache, long revision, params EntityChange[] entities)
    {
        var content = EntitySet.Of(revision, entities);
        Save(cache, null, content, entities);
        return content;
    }

    public EntitySet Delta(ConfigurationCache cache, EntitySet before, params EntityChange[] changes)
    {
        var content = before.Apply(before.Revision + 1, changes);
        Save(cache, before, content, changes);
        return content;
    }

    public void Dispose() => _folder.Dispose();

    private void Save(ConfigurationCache cache, EntitySet? before, EntitySet content, IEnumerable<EntityChange> changes)
    {
        var encoded = ChangeSetCodec.Encode(changes);
        var header = new Update
        {
            Channel = "stable",
            Revision = content.Revision,
            Hash = content.Hash,
            Encoding = encoded.Encoding,
            PayloadSize = (ulong)encoded.Payload.Length,
            ContentSize = (ulong)encoded.ContentSize,
            ChangeCount = (ulong)encoded.ChangeCount,
        };
        if (before is not null)
        {
            header.Base = new Applied { Channel = "stable", Revision = before.Revision, Hash = before.Hash };
        }

        cache.Save(new ReceivedUpdate(header, encoded.Payload), content);
        Saved[content.Revision] = content.Hash;
    }
}
