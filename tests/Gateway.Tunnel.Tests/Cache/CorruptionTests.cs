using Gateway.Tunnel.Cache;
using Gateway.Tunnel.Tests.Support;

namespace Gateway.Tunnel.Tests.Cache;

/// <summary>Generated damage: whatever happens to the files, what is loaded is a state that was saved, whole, or nothing.</summary>
public sealed class CorruptionTests
{
    private const int Seeds = 1200;

    [Fact]
    public void Damage_never_crashes_a_start_and_never_gives_half_a_configuration()
    {
        using var fixture = new CacheFixture();
        using (var cache = fixture.Open())
        {
            Assert.Empty(cache.Load());
            var content = fixture.Snapshot(cache, 1, Change.Many(40, 100));
            for (var i = 0; i < 4; i++)
            {
                content = fixture.Delta(cache, content, Change.Put(i, "changed"), Change.Delete(20 + i));
            }

            content = fixture.Snapshot(cache, 6, Change.Many(50, 100));
            for (var i = 0; i < 4; i++)
            {
                content = fixture.Delta(cache, content, Change.Put(i, "changed again"), Change.Delete(30 + i));
            }
        }

        var names = Directory.GetFiles(fixture.Folder).Where(file => Path.GetFileName(file) != "lock").Order(StringComparer.Ordinal).ToArray();
        var originals = names.ToDictionary(name => name, File.ReadAllBytes, StringComparer.Ordinal);
        var keys = File.ReadAllBytes(fixture.KeyFile);
        var refused = 0;
        for (var seed = 0; seed < Seeds; seed++)
        {
            foreach (var (name, bytes) in originals)
            {
                File.WriteAllBytes(name, bytes);
            }

            File.WriteAllBytes(fixture.KeyFile, keys);
            var what = Damage(new Random(seed), names, fixture);
            using var cache = fixture.Open();
            var loaded = cache.Load().ToArray();
            foreach (var stored in loaded)
            {
                Assert.True(
                    fixture.Saved.TryGetValue(stored.Content.Revision, out var hash) && hash == stored.Content.Hash,
                    $"seed {seed}, {what}: revision {stored.Content.Revision} was never saved like that");
            }

            refused += loaded.Length < 2 || loaded[0].Content.Revision != 10 ? 1 : 0;
        }

        // Nearly all damage is seen; the rest hits the start marks, which hold no configuration.
        Assert.InRange(refused, Seeds / 2, Seeds);
    }

    private static string Damage(Random random, string[] names, CacheFixture fixture)
    {
        var name = names[random.Next(names.Length)];
        var bytes = File.ReadAllBytes(name);
        var kind = random.Next(9);
        switch (kind)
        {
            case 0 or 1:
                bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
                break;
            case 2:
                bytes = bytes[..random.Next(bytes.Length)];
                break;
            case 3:
                bytes = [.. bytes, .. Random(random, 1 + random.Next(100))];
                break;
            case 4:
                var start = random.Next(bytes.Length);
                bytes.AsSpan(start, Math.Min(random.Next(1, 200), bytes.Length - start)).Clear();
                break;
            case 5:
                // A piece of the file twice, or one left out.
                var at = random.Next(bytes.Length);
                var to = random.Next(bytes.Length);
                bytes = [.. bytes[..at], .. bytes[to..]];
                break;
            case 6:
                var other = names[random.Next(names.Length)];
                File.WriteAllBytes(name, File.ReadAllBytes(other));
                File.WriteAllBytes(other, bytes);
                return $"{Path.GetFileName(name)} and {Path.GetFileName(other)} exchanged";
            case 7:
                File.Delete(name);
                return $"{Path.GetFileName(name)} deleted";
            default:
                CacheKeyRing.Create(fixture.KeyFile, random.Next(2) == 0 ? "k1" : "other");
                return "wrong key";
        }

        File.WriteAllBytes(name, bytes);
        return $"{Path.GetFileName(name)}, kind {kind}";
    }

    private static byte[] Random(Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }
}
