using System.Text;
using Gateway.Tunnel.Cache;
using Gateway.Tunnel.Tests.Support;
using Hybrid.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gateway.Tunnel.Tests.Cache;

/// <summary>Cache folders as earlier releases wrote them, one for each version of the format: today's code opens them all.</summary>
public sealed class GoldenCacheTests : IDisposable
{
    private const string Hash = "57663396c2f90bfa8398b99c4be1fcbf4ca13104f6c87a8865fccde601be6861";
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Formats =>
        [.. Directory.GetDirectories(Repository.PathOf("tests", "Gateway.Tunnel.Tests", "Cache", "Golden")).Select(folder => Path.GetFileName(folder)!)];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_present_format_is_among_them() => Assert.Contains($"format-{SealedFileContext.FormatVersion}", Formats.Select(row => row.Data));

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_cache_of_an_earlier_release_is_served_and_added_to(string format)
    {
        foreach (var file in Directory.GetFiles(Repository.PathOf("tests", "Gateway.Tunnel.Tests", "Cache", "Golden", format)))
        {
            File.Copy(file, _folder.PathOf(Path.GetFileName(file)));
        }

        using (var cache = Open())
        {
            var generations = cache.Load().ToList();
            Assert.Equal([2UL, 1UL], generations.Select(stored => stored.Generation));
            var newest = generations[0].Content;
            Assert.Equal(("stable", 9L, 41, Hash), (generations[0].Channel, newest.Revision, newest.Entities.Count, newest.Hash));
            Assert.Equal(7, generations[1].Content.Revision);
            Assert.Contains("größer & \"anders\"", Encoding.UTF8.GetString(newest.Entities[Change.Put(1).Key].Span), StringComparison.Ordinal);
            cache.Adopt(generations[0]);
        }

        using var again = Open();
        Assert.Equal(Hash, CacheFixture.Start(again)!.Hash);
    }

    private ConfigurationCache Open() => new(
        new CacheFolder(_folder.PathOf(".")),
        CacheFixture.Scope,
        () => CacheKeyRing.Load(_folder.PathOf("keys.json")),
        CacheFixture.GoodAfter,
        64 * 1024 * 1024,
        TimeProvider.System,
        NullLogger<ConfigurationCache>.Instance);
}
