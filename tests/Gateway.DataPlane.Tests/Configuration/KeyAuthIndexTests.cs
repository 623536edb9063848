using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Gateway.DataPlane.Configuration;
using Gateway.Model.Entities;

namespace Gateway.DataPlane.Tests.Configuration;

public sealed class KeyAuthIndexTests
{
    private static readonly byte[] First = RandomNumberGenerator.GetBytes(32);
    private static readonly byte[] Second = RandomNumberGenerator.GetBytes(32);

    [Fact]
    public void A_key_is_found_the_first_time_and_again()
    {
        var index = Index([First], ("one", First), ("two", First));

        foreach (var key in new[] { "one", "two", "one", "two" })
        {
            Assert.Equal(key, index.Find(key, DateTimeOffset.UnixEpoch)?.Tags?[0]);
        }

        Assert.Null(index.Find("three", DateTimeOffset.UnixEpoch));
    }

    [Fact]
    public void A_key_that_was_found_is_not_found_any_more_once_it_is_deleted()
    {
        var index = Index([First], ("one", First));
        Assert.NotNull(index.Find("one", DateTimeOffset.UnixEpoch));

        // As a change has it: the secret and what it remembers stay.
        var other = Index([First], ("two", First)) with { Secrets = index.Secrets };

        Assert.Null(other.Find("one", DateTimeOffset.UnixEpoch));
        Assert.NotNull(other.Find("two", DateTimeOffset.UnixEpoch));
    }

    [Fact]
    public void Keys_are_found_under_each_of_two_secrets()
    {
        var index = Index([First, Second], ("one", First), ("two", Second));

        for (var i = 0; i < 2; i++)
        {
            Assert.NotNull(index.Find("one", DateTimeOffset.UnixEpoch));
            Assert.NotNull(index.Find("two", DateTimeOffset.UnixEpoch));
        }
    }

    [Fact]
    public void A_key_expires_though_it_was_found_before()
    {
        var index = Index([First], ("one", First));
        var credential = index.Credentials.Values.Single();
        index = index with { Credentials = index.Credentials.SetItem(credential.Id, credential with { Ttl = 60, CreatedAt = 0 }) };

        Assert.NotNull(index.Find("one", DateTimeOffset.FromUnixTimeSeconds(59)));
        Assert.Null(index.Find("one", DateTimeOffset.FromUnixTimeSeconds(60)));
    }

    [Fact]
    public void A_key_longer_than_what_fits_on_the_stack_is_found()
    {
        var key = new string('ä', 4000);
        var index = Index([First], (key, First));

        Assert.NotNull(index.Find(key, DateTimeOffset.UnixEpoch));
        Assert.NotNull(index.Find(key, DateTimeOffset.UnixEpoch));
        Assert.Null(index.Find(key + "ä", DateTimeOffset.UnixEpoch));
    }

    private static KeyAuthIndex Index(byte[][] secrets, params (string Key, byte[] Secret)[] keys)
    {
        var credentials = keys.Select(key => new KeyAuthCredential { Id = Guid.NewGuid(), Consumer = new EntityReference(Guid.NewGuid()), Tags = [key.Key] }).ToList();
        return new KeyAuthIndex
        {
            Credentials = credentials.ToImmutableDictionary(credential => credential.Id),
            ByHash = credentials.Zip(keys).ToImmutableDictionary(
                pair => KeyHash.Compute(pair.Second.Secret, Encoding.UTF8.GetBytes(pair.Second.Key)), pair => pair.First.Id),
            Secrets = secrets.ToImmutableDictionary(_ => Guid.NewGuid(), secret => new KeySecret(secret)),
        };
    }
}
