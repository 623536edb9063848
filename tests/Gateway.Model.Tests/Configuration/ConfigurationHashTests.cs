using System.Text;
using CsCheck;
using Gateway.Model.Configuration;

namespace Gateway.Model.Tests.Configuration;

public sealed class ConfigurationHashTests
{
    private static readonly Gen<(EntityKey Key, byte[] Bytes)> Entity =
        Gen.Select(Gen.OneOf(Gen.Const("routes"), Gen.Const("services"), Gen.Const("plugins")), Gen.Guid, Gen.Byte.Array[0, 200], (kind, id, bytes) => (new EntityKey(kind, id), bytes));

    [Fact]
    public void The_order_does_not_matter()
    {
        Entity.Array[0, 20].Sample(entities =>
        {
            var shuffled = entities.OrderBy(entity => entity.Key.Id).ToArray();
            return Hash(entities).Digest() == Hash(shuffled).Digest();
        });
    }

    [Fact]
    public void Removing_what_was_added_takes_it_back()
    {
        Gen.Select(Entity.Array[0, 10], Entity).Sample((entities, extra) =>
        {
            var hash = Hash(entities);
            var before = hash.Digest();
            hash.Add(extra.Key, extra.Bytes);
            var with = hash.Digest();
            hash.Remove(extra.Key, extra.Bytes);
            return with != before && hash.Digest() == before;
        });
    }

    [Fact]
    public void Kind_id_and_bytes_all_count()
    {
        var id = Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e");
        var digests = new[]
        {
            Hash([(new EntityKey("routes", id), "{}"u8.ToArray())]),
            Hash([(new EntityKey("services", id), "{}"u8.ToArray())]),
            Hash([(new EntityKey("routes", Guid.Empty), "{}"u8.ToArray())]),
            Hash([(new EntityKey("routes", id), "{ }"u8.ToArray())]),
            Hash([(new EntityKey("routes", id), "{}"u8.ToArray()), (new EntityKey("routes", id), "{}"u8.ToArray())]),
            Hash([]),
        }.Select(hash => hash.Digest()).ToList();

        Assert.Equal(digests.Count, digests.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void A_clone_goes_its_own_way()
    {
        var hash = Hash([]);
        var clone = hash.Clone();
        clone.Add(new EntityKey("routes", Guid.Empty), "{}"u8);

        Assert.Equal(Hash([]).Digest(), hash.Digest());
        Assert.NotEqual(hash.Digest(), clone.Digest());
    }

    // Peers of other versions and caches on disk hold these values.
    [Fact]
    public void The_definition_stands_still()
    {
        var id = Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e");

        Assert.Equal("e5a00aa9991ac8a5ee3109844d84a55583bd20572ad3ffcd42792f3c36b183ad", Hash([]).Digest());
        Assert.Equal("7cad05985eb066b56ac59a89ea629074d0c47bae2f7fea61867103bf86975a79", Hash([(new EntityKey("routes", id), Encoding.UTF8.GetBytes("""{"name":"a"}"""))]).Digest());
    }

    private static ConfigurationHash Hash(IEnumerable<(EntityKey Key, byte[] Bytes)> entities)
    {
        var hash = new ConfigurationHash();
        foreach (var (key, bytes) in entities)
        {
            hash.Add(key, bytes);
        }

        return hash;
    }
}
