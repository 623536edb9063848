using Gateway.Tunnel.Cache;
using Gateway.Tunnel.Tests.Support;

namespace Gateway.Tunnel.Tests.Cache;

public sealed class ConfigurationCacheTests : IDisposable
{
    private readonly CacheFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void What_was_saved_is_there_at_the_next_start()
    {
        string hash;
        using (var cache = _fixture.Open())
        {
            Assert.Empty(cache.Load());
            var content = _fixture.Snapshot(cache, 7, Change.Many(3000, 700));
            content = _fixture.Delta(cache, content, Change.Put(1, "changed"), Change.Delete(2));
            hash = _fixture.Delta(cache, content, Change.Put(5000)).Hash;
        }

        using var next = _fixture.Open();
        var loaded = CacheFixture.Start(next)!;
        Assert.Equal((9, hash), (loaded.Revision, loaded.Hash));
        Assert.Equal(3000, loaded.Entities.Count);
    }

    [Fact]
    public void Each_process_begins_a_generation_and_two_are_kept()
    {
        for (var process = 0; process < 5; process++)
        {
            using var cache = _fixture.Open();
            var content = CacheFixture.Start(cache) ?? Entities.EntitySet.Empty;
            content = _fixture.Delta(cache, content, Change.Put(process));
            _fixture.Delta(cache, content, Change.Put(process, "again"));
        }

        Assert.Equal(2, Directory.GetFiles(_fixture.Folder, "*.snapshot").Length);
        using var last = _fixture.Open();
        Assert.Equal(10, CacheFixture.Start(last)!.Revision);
    }

    [Fact]
    public void A_log_that_outgrew_its_snapshot_becomes_a_new_generation()
    {
        using var cache = _fixture.Open();
        var content = _fixture.Snapshot(cache, 1, Change.Put(0));
        for (var i = 0; i < 12; i++)
        {
            content = _fixture.Delta(cache, content, Change.Many(1000, 600));
            content = _fixture.Delta(cache, content, [.. Enumerable.Range(1, 1000).Select(number => Change.Put(number))]);
        }

        var size = Directory.GetFiles(_fixture.Folder).Sum(file => new FileInfo(file).Length);
        Assert.InRange(size, 1, 12 * 1024 * 1024);
        cache.Dispose();
        using var next = _fixture.Open();
        Assert.Equal(content.Hash, CacheFixture.Start(next)!.Hash);
    }

    [Fact]
    public void Nothing_readable_is_on_disk_and_only_the_owner_may_look()
    {
        using var cache = _fixture.Open();
        var content = _fixture.Snapshot(cache, 1, Change.Put(1, "a-secret-value"));
        _fixture.Delta(cache, content, Change.Put(2, "a-secret-value"));
        foreach (var file in Directory.GetFiles(_fixture.Folder).Where(file => !file.EndsWith("lock", StringComparison.Ordinal)))
        {
            Assert.Equal(-1, File.ReadAllBytes(file).AsSpan().IndexOf("secret"u8));
            if (!OperatingSystem.IsWindows())
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            }
        }
    }

    [Fact]
    public void A_torn_end_falls_back_to_the_last_whole_record()
    {
        using (var cache = _fixture.Open())
        {
            var content = _fixture.Snapshot(cache, 1, Change.Put(1));
            content = _fixture.Delta(cache, content, Change.Put(2));
            _fixture.Delta(cache, content, Change.Put(3));
        }

        var log = Directory.GetFiles(_fixture.Folder, "*.log").Single();
        var whole = File.ReadAllBytes(log);
        for (var length = whole.Length - 1; length > whole.Length - 60; length--)
        {
            File.WriteAllBytes(log, whole[..length]);
            using var cache = _fixture.Open();
            Assert.Equal(2, cache.Load().First().Content.Revision);
        }

        // A file system may have set space aside before the bytes came.
        File.WriteAllBytes(log, [.. whole, .. new byte[4096]]);
        using var padded = _fixture.Open();
        Assert.Equal(3, padded.Load().First().Content.Revision);
    }

    [Fact]
    public void A_changed_newest_generation_is_refused_and_the_one_before_is_taken()
    {
        SaveTwoGenerations();
        var newest = Directory.GetFiles(_fixture.Folder, "*.snapshot").Order(StringComparer.Ordinal).Last();
        Flip(newest, new FileInfo(newest).Length - 1);
        using var cache = _fixture.Open();
        Assert.Equal(1, CacheFixture.Start(cache)!.Revision);
    }

    [Theory]
    [InlineData("other.example", "on-prem")]
    [InlineData("test.example", "cloud")]
    public void Another_sites_cache_is_not_taken(string trustDomain, string site)
    {
        SaveTwoGenerations();
        using var cache = _fixture.Open(new CacheScope(trustDomain, site));
        Assert.Empty(cache.Load());
    }

    [Fact]
    public void A_rotated_key_file_opens_what_an_earlier_key_closed_and_the_earlier_key_can_be_dropped_later()
    {
        SaveTwoGenerations();
        CacheKeyRing.Load(_fixture.KeyFile).Rotate(_fixture.KeyFile, "k2");
        using (var cache = _fixture.Open())
        {
            var content = CacheFixture.Start(cache)!;
            Assert.Equal(2, content.Revision);
            _fixture.Delta(cache, content, Change.Put(3));
        }

        var json = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(_fixture.KeyFile))!;
        json["keys"]!.AsObject().Remove("k1");
        File.WriteAllText(_fixture.KeyFile, json.ToJsonString());
        using var next = _fixture.Open();
        Assert.Equal(3, CacheFixture.Start(next)!.Revision);
    }

    [Fact]
    public void Another_key_under_the_same_name_opens_nothing()
    {
        SaveTwoGenerations();
        CacheKeyRing.Create(_fixture.KeyFile, "k1");
        using var cache = _fixture.Open();
        Assert.Empty(cache.Load());
    }

    [Fact]
    public void A_full_disk_is_reported_and_what_was_saved_before_stays()
    {
        var disk = new SmallDisk();
        using (var cache = _fixture.Open(intercept: disk.Wrap))
        {
            var content = _fixture.Snapshot(cache, 1, Change.Put(1));
            content = _fixture.Delta(cache, content, Change.Put(2));
            disk.Free = 100;
            Assert.Throws<IOException>(() => _fixture.Delta(cache, content, Change.Many(10)));
            var later = content.Apply(3, Change.Many(10));
            Assert.Throws<IOException>(() => _fixture.Delta(cache, later, Change.Put(4)));

            // Space again: all there is now is kept, though the log is torn.
            disk.Free = long.MaxValue;
            var last = _fixture.Delta(cache, later, Change.Put(5));
            Assert.Equal(4, last.Revision);
        }

        using var next = _fixture.Open();
        var loaded = CacheFixture.Start(next)!;
        Assert.Equal((4, _fixture.Saved[4]), (loaded.Revision, loaded.Hash));
    }

    [Fact]
    public void A_disk_that_stays_full_leaves_the_last_whole_state()
    {
        var disk = new SmallDisk();
        using (var cache = _fixture.Open(intercept: disk.Wrap))
        {
            var content = _fixture.Snapshot(cache, 1, Change.Put(1));
            content = _fixture.Delta(cache, content, Change.Put(2));
            disk.Free = 50;
            Assert.Throws<IOException>(() => _fixture.Delta(cache, content, Change.Many(10)));
        }

        using var next = _fixture.Open();
        Assert.Equal(2, CacheFixture.Start(next)!.Revision);
    }

    [Fact]
    public void A_second_process_is_told_that_the_folder_is_in_use()
    {
        using var cache = _fixture.Open();
        var error = Assert.Throws<CacheException>(() => _fixture.Open());
        Assert.Contains(_fixture.Folder, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "it is not JSON")]
    [InlineData("""{"keys": {}}""", "active or keys is missing")]
    [InlineData("""{"active": "a", "keys": {"a": "c2hvcnQ="}}""", "keys.a is not the Base64 of 32 bytes")]
    [InlineData("""{"active": "b", "keys": {"a": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="}}""", "active names none of the keys")]
    public void A_key_file_that_is_none_is_refused_with_what_is_wrong(string json, string problem)
    {
        File.WriteAllText(_fixture.KeyFile, json);
        var error = Assert.Throws<CacheException>(() => CacheKeyRing.Load(_fixture.KeyFile));
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    private void SaveTwoGenerations()
    {
        using var cache = _fixture.Open();
        _fixture.Snapshot(cache, 1, Change.Put(1));
        _fixture.Snapshot(cache, 2, Change.Put(1), Change.Put(2));
    }

    private static void Flip(string file, long offset)
    {
        var bytes = File.ReadAllBytes(file);
        bytes[offset] ^= 1;
        File.WriteAllBytes(file, bytes);
    }
}
