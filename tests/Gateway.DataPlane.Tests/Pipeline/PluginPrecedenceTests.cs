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

    // Most specific first.
    private static readonly (bool Route, bool Service, bool Consumer)[] Order =
    [
        (true, true, true), (true, false, true), (false, true, true), (true, true, false), (false, false, true), (true, false, false), (false, true, false), (false, false, false),
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
            var step = set.Resolve(Route, Service, Consumer).Access.Single();

            Assert.Equal(expected.ToString(), step.Instance.ToString());
        }
    }

    [Fact]
    public void An_instance_for_something_else_does_not_run()
    {
        var set = PluginSet.Empty.With(Plugin((true, false, false))).With(Plugin((false, false, true)));

        Assert.Empty(set.Resolve(Guid.NewGuid(), Service, Guid.NewGuid()).Access);
        Assert.Empty(set.Resolve(Guid.Empty, Guid.Empty, Guid.Empty).Access);
        Assert.True(set.HasPluginsFor(Consumer));
        Assert.False(set.Without(Plugin((false, false, true))).HasPluginsFor(Consumer));
    }

    private static ConfiguredPlugin Plugin((bool Route, bool Service, bool Consumer) scope) => new(
        new Plugin
        {
            Id = Guid.NewGuid(),
            Name = "test",
            Config = [],
            Route = scope.Route ? new EntityReference(Route) : null,
            Service = scope.Service ? new EntityReference(Service) : null,
            Consumer = scope.Consumer ? new EntityReference(Consumer) : null,
        },
        new PluginStep("test", 1, new Named(scope.ToString())),
        default);

    private sealed class Named(string name) : PluginInstance(new PluginPhases { Access = PhaseMode.Inline })
    {
        public override string ToString() => name;
    }
}
