using System.Security.Cryptography;
using System.Text;
using Gateway.Model.Credentials;

namespace Gateway.Model.Tests.Credentials;

public sealed class PasswordHashTests
{
    private static readonly Guid Consumer = Guid.Parse("11111111-1111-4111-8111-111111111111");

    [Fact]
    public void The_password_and_only_the_password_is_verified()
    {
        var hash = PasswordHash.Create("Aladdin's");

        Assert.True(PasswordHash.IsHash(hash));
        Assert.DoesNotContain("Aladdin", hash, StringComparison.Ordinal);
        Assert.True(PasswordHash.Verify(hash, Consumer, "Aladdin's"));
        Assert.False(PasswordHash.Verify(hash, Consumer, "aladdin's"));
        Assert.False(PasswordHash.Verify(hash, Consumer, ""));
    }

    [Fact]
    public void Two_hashes_of_one_password_differ()
    {
        Assert.NotEqual(PasswordHash.Create("same"), PasswordHash.Create("same"));
    }

    [Fact]
    public void A_password_that_Kong_hashed_is_verified_for_its_consumer()
    {
#pragma warning disable CA5350 // Kong's choice
        var exported = Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes($"secret{Consumer:D}")));
#pragma warning restore CA5350

        var hash = PasswordHash.OfKong(exported)!;

        Assert.True(PasswordHash.Verify(hash, Consumer, "secret"));
        Assert.False(PasswordHash.Verify(hash, Guid.NewGuid(), "secret"));
        Assert.False(PasswordHash.Verify(hash, Consumer, exported));
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("$pbkdf2-sha256$i=1$AAAAAAAAAAAAAAAAAAAAAA==$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("$pbkdf2-sha256$i=99999999$AAAAAAAAAAAAAAAAAAAAAA==$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("$pbkdf2-sha256$i=10000$AAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("$pbkdf2-sha256$i=10000$AAAAAAAAAAAAAAAAAAAAAA==$AAAA")]
    [InlineData("$kong-sha1$0123")]
    public void What_is_no_hash_or_too_weak_or_too_slow_verifies_nothing(string text)
    {
        Assert.False(PasswordHash.IsHash(text));
        Assert.False(PasswordHash.Verify(text, Consumer, "plain"));
    }
}
