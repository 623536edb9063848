using CsCheck;
using Gateway.DataPlane.Routing;

namespace Gateway.DataPlane.Tests.Routing;

public sealed class RadixTreeTests
{
    private static readonly Gen<string> Key = Gen.Char["ab/"].Array[0, 6].Select(characters => new string(characters));

    [Fact]
    public void It_holds_what_a_dictionary_holds_after_any_changes() =>
        Gen.Select(Key, Gen.Bool).Array[0, 60].Sample(
            changes =>
            {
                var tree = RadixTree<string>.Empty;
                var expected = new Dictionary<string, string>(StringComparer.Ordinal);
                foreach (var (key, isPut) in changes)
                {
                    tree = Change(tree, key, isPut ? key + "!" : null, new RadixEdit());
                    Apply(expected, key, isPut);
                }

                return expected.All(entry => tree.Find(entry.Key) == entry.Value)
                    && changes.All(change => expected.ContainsKey(change.Item1) == (tree.Find(change.Item1) is not null))
                    && tree.IsEmpty == (expected.Count == 0);
            },
            iter: 3000);

    [Fact]
    public void A_change_leaves_earlier_trees_as_they_were() =>
        Gen.Select(Key, Gen.Bool).Array[1, 40].Sample(
            changes =>
            {
                var versions = new List<(RadixTree<string> Tree, Dictionary<string, string> Expected)>();
                var tree = RadixTree<string>.Empty;
                var expected = new Dictionary<string, string>(StringComparer.Ordinal);
                for (var i = 0; i < changes.Length; i += 4)
                {
                    // One edit of several changes, as one update makes them.
                    var edit = new RadixEdit();
                    foreach (var (key, isPut) in changes.Skip(i).Take(4))
                    {
                        tree = Change(tree, key, isPut ? key + "!" : null, edit);
                        Apply(expected, key, isPut);
                    }

                    versions.Add((tree, new Dictionary<string, string>(expected, StringComparer.Ordinal)));
                }

                return versions.TrueForAll(version => changes.All(change =>
                    version.Tree.Find(change.Item1) == version.Expected.GetValueOrDefault(change.Item1)));
            },
            iter: 2000);

    [Fact]
    public void A_change_among_many_keys_costs_its_own_size()
    {
        var edit = new RadixEdit();
        var tree = RadixTree<string>.Empty;
        for (var i = 0; i < 50_000; i++)
        {
            tree = Change(tree, $"/api/{i % 97}/{i}", "x", edit);
        }

        Change(tree, "/api/1/warm", "x", new RadixEdit());
        var before = GC.GetAllocatedBytesForCurrentThread();
        tree = Change(tree, "/api/13/new", "x", new RadixEdit());
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal("x", tree.Find("/api/13/new"));
        Assert.InRange(allocated, 1, 16 * 1024);
    }

    private static RadixTree<string> Change(RadixTree<string> tree, string key, string? value, RadixEdit edit) =>
        tree.With(key, edit, value, static (_, value) => value);

    private static void Apply(Dictionary<string, string> expected, string key, bool isPut)
    {
        if (isPut)
        {
            expected[key] = key + "!";
        }
        else
        {
            expected.Remove(key);
        }
    }
}
