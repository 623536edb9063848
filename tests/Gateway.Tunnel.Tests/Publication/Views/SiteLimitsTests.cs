using System.Text.Json.Nodes;
using Gateway.Model.Configuration;
using Gateway.Model.Entities;
using Gateway.Tunnel.Entities;
using Gateway.Tunnel.Publication.Views;
using Gateway.Tunnel.Tests.Support;

namespace Gateway.Tunnel.Tests.Publication.Views;

public sealed class SiteLimitsTests
{
    private static readonly Dictionary<string, string> Europe = new() { ["region"] = "eu" };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Limits_that_follow_the_changes_are_those_of_the_whole_and_every_entity_that_moved_is_named(int seed)
    {
        var random = new RandomConfiguration(seed);
        var content = EntitySet.Empty;
        var limits = SiteLimits.None;
        for (var revision = 1; revision <= 300; revision++)
        {
            var changes = random.Next();
            var touched = changes.Select(change => change.Key).ToHashSet();
            var next = content.Apply(revision, changes);
            var before = Visible(content, limits);
            (limits, var moved) = limits.Apply(content, next, touched);
            content = next;

            var whole = SiteLimits.Of(content);
            Assert.Equal(
                whole.Scopes.Select(scope => (scope.Key, scope.Value.Text)).ToHashSet(), limits.Scopes.Select(scope => (scope.Key, scope.Value.Text)).ToHashSet());
            var after = Visible(content, limits);
            Assert.Equal(content.Entities.Keys.Where(key => random.MayHave(key, Europe)).ToHashSet(), after);
            after.SymmetricExceptWith(before);
            Assert.Subset(touched.Union(moved).ToHashSet(), after);
            Assert.Equal(whole.Selectors.RightsOf(Europe).Key, limits.Selectors.RightsOf(Europe).Key);
        }
    }

    [Fact]
    public void A_change_of_what_is_not_limited_names_nothing_more()
    {
        var content = EntitySet.Of(1, [Some.Put(Some.Service(1), []), Some.Put(Some.Route(1), [Some.Service(1)]), Some.Put(Some.Service(2), [], "sites:region=eu")]);
        var limits = SiteLimits.Of(content);
        var next = content.Apply(2, [Some.Put(Some.Service(1), [], "team-a")]);

        Assert.Empty(limits.Apply(content, next, [Some.Service(1)]).Moved);
    }

    [Fact]
    public void What_lists_a_limited_entity_is_limited_with_it()
    {
        var authority = new EntityKey(EntityKinds.CaCertificates, Guid.NewGuid());
        var content = EntitySet.Of(
            1,
            [
                Some.Put(authority, [], "sites:region=us"),
                Some.Put(Some.Service(1), [], new JsonObject { ["ca_certificates"] = new JsonArray(authority.Id.ToString("D")) }),
                Some.Put(Some.Route(1), [Some.Service(1)]),
                Some.Put(Some.Service(2), []),
            ]);

        Assert.Equal([Some.Service(2)], Visible(content, SiteLimits.Of(content)));
    }

    [Fact]
    public void A_tag_that_nobody_can_read_hides_its_entity()
    {
        var content = EntitySet.Of(1, [Some.Put(Some.Service(1), [], "sites:region")]);

        Assert.Empty(Visible(content, SiteLimits.Of(content)));
    }

    private static HashSet<EntityKey> Visible(EntitySet content, SiteLimits limits)
    {
        var rights = limits.Selectors.RightsOf(Europe);
        return [.. content.Entities.Keys.Where(key => rights.Admit(limits.ScopeOf(key)))];
    }
}
