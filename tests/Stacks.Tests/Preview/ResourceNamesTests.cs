using Hybrid.Stacks.Preview;
using Pulumi;

namespace Hybrid.Stacks.Tests.Preview;

public sealed class ResourceNamesTests
{
    private const string Component = "hybrid:area:Part::part";
    private const string Child = "aws:ec2/vpc:Vpc::part-vpc";

    [Fact]
    public void A_urn_holds_the_types_of_all_parents()
    {
        var names = Names([]);
        Assert.Equal("urn:pulumi:foundation.dev::hybrid::hybrid:area:Part::part", names.Urn(Component));
        Assert.Equal("urn:pulumi:foundation.dev::hybrid::hybrid:area:Part$aws:ec2/vpc:Vpc::part-vpc", names.Urn(Child));
    }

    [Fact]
    public async Task A_child_inherits_its_parents_former_name()
    {
        var names = Names([new Alias { Name = "old" }]);
        Assert.Equal(["urn:pulumi:foundation.dev::hybrid::hybrid:area:Part::old"], await names.AliasesAsync(Component));
        Assert.Equal(["urn:pulumi:foundation.dev::hybrid::hybrid:area:Part$aws:ec2/vpc:Vpc::old-vpc"], await names.AliasesAsync(Child));
    }

    [Fact]
    public async Task A_former_type_of_the_parent_is_in_the_childs_former_name()
    {
        var names = Names([new Alias { Type = "hybrid:area:Old" }]);
        Assert.Equal(["urn:pulumi:foundation.dev::hybrid::hybrid:area:Old$aws:ec2/vpc:Vpc::part-vpc"], await names.AliasesAsync(Child));
    }

    [Theory]
    [InlineData("parent", "urn:pulumi:foundation.dev::hybrid::aws:ec2/vpc:Vpc::vpc")]
    [InlineData("urn", "urn:pulumi:a::b::c:d:E::f")]
    public async Task An_alias_can_say_that_there_was_no_parent_or_give_a_whole_urn(string kind, string expected)
    {
        var names = Names([], kind is "urn" ? new Alias { Urn = expected } : new Alias { NoParent = true, Name = "vpc" });
        Assert.Equal([expected], await names.AliasesAsync(Child));
    }

    [Fact]
    public void Protection_is_inherited_unless_said_otherwise()
    {
        Assert.True(Names([], protect: null).IsProtected(Child));
        Assert.False(Names([], protect: false).IsProtected(Child));
    }

    private static ResourceNames Names(Alias[] component, Alias? child = null, bool? protect = null) => new("foundation.dev", new Dictionary<string, ResourceFacts>(StringComparer.Ordinal)
    {
        [Component] = new(Parent: null, Protect: true, RetainOnDelete: null, [], [], [.. component.Select(alias => (Input<Alias>)alias)]),
        [Child] = new(Component, protect, RetainOnDelete: null, [], [], child is null ? [] : [child]),
    });
}
