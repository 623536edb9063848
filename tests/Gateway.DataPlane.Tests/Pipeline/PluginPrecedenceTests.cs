using Gateway.DataPlane.Model;
using Gateway.DataPlane.Pipeline;
using Gateway.Model.Entities;

namespace Gateway.DataPlane.Tests.Pipeline;

/// <summary>One instance of a plugin runs per request: the most specific, in Kong's order.</summary>
public sealed class PluginPrecedenceTests
{
    private static readonly Guid Route = Guid.NewGuid();
    private static readonly Guid Service = Guid.NewGuid();
    private static readonly Guid Consumer = Guid.NewGuid();
    private static readonly Guid Group = Guid.NewGuid();

    // Most specific first.
    private static readonly (bool Route, bool Service, bool Consumer, bool Group)[] Order =
    [
        (true, true, true, false),
        (true, true, false, true),
        (true, false, true, false),
        (false, true, true, false),
        (true, false, false, true),
        (false, true, false, true),
        (true, true, false, false),
        (false, false, true, false),
        (false, false, false, true),
        (true, false, false, false),
        (false, true, false, false),
        (false, false, false, false),
    ];

    [Fact]
    public void The_most_specific_instance_wins_whichever_others_there_are()
    {
        for (var present = 1; present < 1 << Order.Length; present++)
        {
            var set = PluginSet.Empty;
            for (var i = 0; i < Order.Length; i++)
            {
                set = (present & (1 << i)) != 0 ? set.With(Plugin(Order[i])) : set;
            }

            var expected = Order[int.TrailingZeroCount(present)];
            var step = set.Resolve(Route, Service, Consumer, [Group]).Access.Single();

            Assert.Equal(expected.ToString(), step.Instance.ToString());
        }
    }

    [Fact]
    public void An_instance_for_something_else_does_not_run()
    {
        var set = PluginSet.Empty.With(Plugin((true, false, false, false))).With(Plugin((false, false, true, false)));

        Assert.Empty(set.Resolve(Guid.NewGuid(), Service, Guid.NewGuid(), []).Access);
        Assert.Empty(set.Resolve(Guid.Empty, Guid.Empty, Guid.Empty, []).Access);
        Assert.True(set.HasPluginsFor(Consumer));
        Assert.False(set.Without(Plugin((false, false, true, false))).HasPluginsFor(Consumer));
    }

    [Fact]
    public void Of_two_groups_with_the_same_plugin_the_first_ones_counts_and_a_narrower_scope_outweighs_the_order()
    {
        var (first, second) = (Guid.NewGuid(), Guid.NewGuid());
        var set = PluginSet.Empty.With(OfGroup(first, route: false)).With(OfGroup(second, route: false));

        Assert.Equal(first.ToString(), set.Resolve(Route, Service, Consumer, [first, second]).Access.Single().Instance.ToString());
        Assert.Equal(second.ToString(), set.Resolve(Route, Service, Consumer, [second, first]).Access.Single().Instance.ToString());
        Assert.Equal(second.ToString(), set.With(OfGroup(second, route: true)).Resolve(Route, Service, Consumer, [first, second]).Access.Single().Instance.ToString());
        Assert.Empty(set.Resolve(Route, Service, Consumer, []).Access);
        Assert.True(set.HasPluginsForGroup(first));
        Assert.False(set.Without(OfGroup(first, route: false)).HasPluginsForGroup(first));
    }

    private static ConfiguredPlugin OfGroup(Guid group, bool route) => new(
        new Plugin { Id = Guid.NewGuid(), Name = "test", Config = [], ConsumerGroup = new EntityReference(group), Route = route ? new EntityReference(Route) : null },
        new PluginStep("test", 1, new Named(group.ToString())),
        default);

    private static ConfiguredPlugin Plugin((bool Route, bool Service, bool Consumer, bool Group) scope) => new(
        new Plugin
        {
            Id = Guid.NewGuid(),
            Name = "test",
            Config = [],
            Route = scope.Route ? new EntityReference(Route) : null,
            Service = scope.Service ? new EntityReference(Service) : null,
            Consumer = scope.Consumer ? new EntityReference(Consumer) : null,
            ConsumerGroup = scope.Group ? new EntityReference(Group) : null,
        },
        new PluginStep("test", 1, new Named(scope.ToString())),
        default);

    private sealed class Named(string name) : PluginInstance(new PluginPhases { Access = PhaseMode.Inline })
    {
        public override string ToString() => name;
    }
}
