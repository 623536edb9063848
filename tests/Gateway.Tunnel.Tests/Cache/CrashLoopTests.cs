using Gateway.Tunnel.Cache;
using Gateway.Tunnel.Entities;
using Gateway.Tunnel.Tests.Support;
using Hybrid.Testing;

namespace Gateway.Tunnel.Tests.Cache;

/// <summary>A process that dies is one whose cache is copied away and never closed.</summary>
public sealed class CrashLoopTests : IDisposable
{
    private readonly CacheFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void After_starts_that_did_not_last_the_state_that_proved_good_is_taken_and_stays()
    {
        Run(cache =>
        {
            var content = _fixture.Snapshot(cache, 1, Change.Put(1));
            content = _fixture.Delta(cache, content, Change.Put(2));

            // The first was on trial when the second came: one after the other.
            _fixture.Time.Advance(CacheFixture.GoodAfter);
            _fixture.Time.Advance(CacheFixture.GoodAfter);
            _fixture.Delta(cache, content, Change.Put(3, "makes it crash"));
        });

        // The one before was the first start that did not last after something proved good.
        Assert.Equal([3L, 3, 3, 2, 2], Enumerable.Range(0, 5).Select(_ => CrashingStart()));
    }

    [Fact]
    public void A_generation_that_never_proved_good_is_left_for_the_one_before()
    {
        Run(cache =>
        {
            _fixture.Snapshot(cache, 1, Change.Put(1));
            _fixture.Snapshot(cache, 2, Change.Put(2, "makes it crash"));
        });
        Assert.Equal([2L, 2, 1], Enumerable.Range(0, 3).Select(_ => CrashingStart()));
    }

    [Fact]
    public void The_only_state_there_is_is_kept()
    {
        Run(cache => _fixture.Snapshot(cache, 1, Change.Put(1)));
        Assert.All(Enumerable.Range(0, 8), _ => Assert.Equal(1, CrashingStart()));
    }

    [Fact]
    public void Starts_that_last_or_end_in_order_are_not_held_against_the_configuration()
    {
        Run(cache =>
        {
            _fixture.Snapshot(cache, 1, Change.Put(1));
            _fixture.Snapshot(cache, 2, Change.Put(2));
        });
        for (var i = 0; i < 6; i++)
        {
            Assert.Equal(2, CrashingStart());
            using var orderly = _fixture.Open();
            Assert.Equal(2, CacheFixture.Start(orderly)!.Revision);
        }
    }

    [Fact]
    public void The_state_that_proved_good_is_kept_over_later_generations()
    {
        Run(cache =>
        {
            _fixture.Snapshot(cache, 1, Change.Put(1));
            _fixture.Time.Advance(CacheFixture.GoodAfter);
            for (var revision = 2; revision < 6; revision++)
            {
                _fixture.Snapshot(cache, revision, Change.Put(revision));
            }
        });
        Assert.Equal([5L, 5, 5, 1], Enumerable.Range(0, 4).Select(_ => CrashingStart()));
    }

    private long CrashingStart()
    {
        EntitySet? content = null;
        Run(cache => content = CacheFixture.Start(cache));
        return content!.Revision;
    }

    /// <summary>Runs a process that dies: what it left on disk is what counts, not what closing would write.</summary>
    private void Run(Action<ConfigurationCache> process)
    {
        using var left = new TemporaryFolder();
        using (var cache = _fixture.Open())
        {
            if (Directory.GetFiles(_fixture.Folder, "*.snapshot").Length == 0)
            {
                Assert.Empty(cache.Load());
            }

            process(cache);
            foreach (var file in Directory.GetFiles(_fixture.Folder).Where(file => Path.GetFileName(file) != "lock"))
            {
                File.Copy(file, left.PathOf(Path.GetFileName(file)));
            }
        }

        foreach (var file in Directory.GetFiles(_fixture.Folder))
        {
            File.Delete(file);
        }

        foreach (var file in Directory.GetFiles(left.FullName))
        {
            File.Copy(file, Path.Combine(_fixture.Folder, Path.GetFileName(file)));
        }
    }
}
