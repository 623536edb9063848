using System.Collections.Immutable;
using Hybrid.Stacks.Preview;
using Hybrid.Stacks.References;
using Hybrid.Stacks.Tests.Support;
using Pulumi;
using Pulumi.Testing;
using Pulumi.Utilities;

namespace Hybrid.Stacks.Tests.References;

[Collection(PulumiTests.Name)]
public sealed class OutputContractTests(Environments environments)
{
    public static TheoryData<string, Type> Layers => new()
    {
        { "foundation", typeof(FoundationOutputs) },
        { "platform", typeof(PlatformOutputs) },
        { "control-plane", typeof(ControlPlaneOutputs) },
        { "data-plane-eks", typeof(DataPlaneOutputs) },
        { "data-plane-anywhere", typeof(DataPlaneOutputs) },
    };

    [Theory]
    [MemberData(nameof(Layers), DisableDiscoveryEnumeration = true)]
    public void A_layer_exports_exactly_its_contract(string layer, Type contract)
    {
        var stack = environments["dev"].Stacks.Single(stack => string.Equals(stack.Layer, layer, StringComparison.Ordinal));
        Assert.Equal(OutputContract.Describe(contract).Select(output => output.Name).Order(StringComparer.Ordinal), stack.Outputs.Keys);
    }

    [Theory]
    [MemberData(nameof(Layers), DisableDiscoveryEnumeration = true)]
    public void A_secret_output_is_masked(string layer, Type contract)
    {
        var stack = environments["dev"].Stacks.Single(stack => string.Equals(stack.Layer, layer, StringComparison.Ordinal));
        Assert.All(OutputContract.Describe(contract), output => Assert.Equal(output.IsSecret, stack.Outputs[output.Name] is SecretMask.Masked));
    }

    [Fact]
    public async Task What_is_exported_is_read_back_with_its_type_and_its_secrecy()
    {
        var read = await ReadAsync(new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["text"] = "one",
            ["list"] = ImmutableArray.Create<object>("a", "b"),
            ["map"] = ImmutableDictionary<string, object>.Empty.Add("k", "v"),
            ["hidden"] = "secret",
        });

        Assert.Equal("one", await OutputUtilities.GetValueAsync(read.Text));
        Assert.Equal(["a", "b"], await OutputUtilities.GetValueAsync(read.List));
        Assert.Equal("v", (await OutputUtilities.GetValueAsync(read.Map))["k"]);
        Assert.True(await Output.IsSecretAsync(read.Hidden));
        Assert.False(await Output.IsSecretAsync(read.Text));
    }

    [Fact]
    public async Task A_missing_output_names_both_stacks_and_the_output()
    {
        var problem = await Assert.ThrowsAnyAsync<Exception>(() => ReadAsync(new Dictionary<string, object>(StringComparer.Ordinal) { ["text"] = "one" }));
        Assert.Contains("reader.dev: output '", problem.Message, StringComparison.Ordinal);
        Assert.Contains("below.dev does not export it", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_output_of_another_type_is_refused()
    {
        var problem = await Assert.ThrowsAnyAsync<Exception>(() => ReadAsync(new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["text"] = ImmutableArray.Create<object>("a"),
            ["list"] = ImmutableArray.Create<object>("a"),
            ["map"] = ImmutableDictionary<string, object>.Empty,
            ["hidden"] = "secret",
        }));
        Assert.Contains("instead of a text", problem.Message, StringComparison.Ordinal);
    }

    private static async Task<Sample> ReadAsync(Dictionary<string, object> outputs)
    {
        Sample? read = null;
        await Deployment.TestAsync(
            new ReferenceMocks(outputs),
            new TestOptions { ProjectName = "hybrid", StackName = "reader.dev", IsPreview = false },
            () => { read = OutputContract.Read<Sample>(new StackReference("organization/hybrid/below.dev"), "reader.dev", "below.dev"); });
        return read!;
    }

    private sealed record Sample
    {
        public required Output<string> Text { get; init; }

        public required Output<ImmutableArray<string>> List { get; init; }

        public required Output<ImmutableDictionary<string, string>> Map { get; init; }

        [SecretOutput]
        public required Output<string> Hidden { get; init; }
    }

    private sealed class ReferenceMocks(Dictionary<string, object> outputs) : IMocks
    {
        public Task<(string? id, object state)> NewResourceAsync(MockResourceArgs args) => Task.FromResult<(string?, object)>((args.Name, new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["name"] = args.Name!,
            ["outputs"] = outputs.ToImmutableDictionary(),
            ["secretOutputNames"] = ImmutableArray.Create("hidden"),
        }));

        public Task<object> CallAsync(MockCallArgs args) => throw new InvalidOperationException(args.Token);
    }
}
