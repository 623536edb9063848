using System.Security.Cryptography;
using System.Text;
using Gateway.ControlPlane.Store.Sealing;

namespace Gateway.ControlPlane.Tests.Store;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class KeyRingFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gateway-ring-").FullName;

    private string Ring => Path.Combine(_folder, "ring.json");

    [Fact]
    public void A_new_ring_is_its_owners_only_and_is_never_overwritten()
    {
        KeyRingFile.Create(Ring);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Ring));
        KeyRingFile.Read(Ring, out var readable);
        Assert.False(readable);
        Assert.Throws<IOException>(() => KeyRingFile.Create(Ring));
    }

    [Fact]
    public void A_ring_that_others_may_write_is_refused()
    {
        KeyRingFile.Create(Ring);
        File.SetUnixFileMode(Ring, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupWrite);

        Assert.Contains("can be written by its group", Assert.Throws<StartRefusedException>(() => KeyRingFile.Read(Ring, out _)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"active": "a", "keys": {}}""")]
    [InlineData("""{"active": "a", "keys": {"a": "c2hvcnQ="}}""")]
    [InlineData("""{"active": "b", "keys": {"a": "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="}}""")]
    public void A_malformed_ring_is_refused_without_quoting_it(string content)
    {
        File.WriteAllText(Ring, content);
        File.SetUnixFileMode(Ring, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        var refused = Assert.Throws<StartRefusedException>(() => KeyRingFile.Read(Ring, out _));

        Assert.Contains(Ring, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("MDEy", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_an_old_key_sealed_opens_after_rotation_and_not_without_it()
    {
        var old = new Sealer(new KeyRing("old", Keys("old")));
        var rotated = new Sealer(new KeyRing("new", Keys("old", "new")));
        var forgotten = new Sealer(new KeyRing("new", Keys("new")));
        var secret = "secret"u8.ToArray();

        var sealedOld = old.Seal(secret, "services/1");

        Assert.Equal(secret, rotated.Open(sealedOld, "services/1"));
        Assert.Equal(secret, rotated.Open(rotated.Seal(secret, "x"), "x"));
        Assert.Throws<CryptographicException>(() => forgotten.Open(sealedOld, "services/1"));
    }

    [Fact]
    public void A_ciphertext_that_is_changed_or_moved_does_not_open()
    {
        var sealer = new Sealer(new KeyRing("k", Keys("k")));
        var bytes = sealer.Seal("secret"u8, "plugins/1/secrets");

        Assert.ThrowsAny<CryptographicException>(() => sealer.Open(bytes, "plugins/2/secrets"));
        Assert.Equal("secret", Encoding.UTF8.GetString(sealer.Open(bytes, "plugins/1/secrets")));
        bytes[^1] ^= 1;
        Assert.ThrowsAny<CryptographicException>(() => sealer.Open(bytes, "plugins/1/secrets"));
        Assert.ThrowsAny<CryptographicException>(() => sealer.Open(bytes.AsSpan(0, 10), "plugins/1/secrets"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Dictionary<string, byte[]> Keys(params string[] ids) =>
        ids.ToDictionary(id => id, id => SHA256.HashData(Encoding.UTF8.GetBytes(id)), StringComparer.Ordinal);
}
