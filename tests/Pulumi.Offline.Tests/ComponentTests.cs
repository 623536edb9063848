using System.Collections.Immutable;
using Hybrid.PulumiOffline.Tests.Support;
using Pulumi;
using Pulumi.Aws.Ec2;
using Pulumi.Utilities;

namespace Hybrid.PulumiOffline.Tests;

public sealed class ComponentTests
{
    [Fact]
    public async Task A_child_s_urn_names_its_outermost_parent_type()
    {
        var mocks = new RecordingMocks();
        var resources = await Deployment.TestAsync<OneNetwork>(mocks, new() { ProjectName = "hybrid", StackName = "foundation.dev", IsPreview = false });

        Assert.Equal(
            ["hybrid-foundation.dev", "net", "net-vpc"],
            resources.Select(resource => resource.GetResourceName()));
        Assert.Equal(
            [
                "urn:pulumi:foundation.dev::hybrid::pulumi:pulumi:Stack::hybrid-foundation.dev",
                "urn:pulumi:foundation.dev::hybrid::pulumi:pulumi:Stack$hybrid:network:Network::net",
                "urn:pulumi:foundation.dev::hybrid::pulumi:pulumi:Stack$aws:ec2/vpc:Vpc::net-vpc",
            ],
            await Task.WhenAll(resources.Select(resource => OutputUtilities.GetValueAsync(resource.Urn))));
    }

    [Fact]
    public async Task A_component_hands_its_outputs_to_the_engine()
    {
        var mocks = new RecordingMocks();
        await Run.UpdateAsync(mocks, () => _ = new Network("net"));

        var outputs = mocks.Outputs.Single(request => request.Urn.EndsWith("::net", StringComparison.Ordinal)).Outputs;
        Assert.Equal("net-vpc-id", await OutputUtilities.GetValueAsync(outputs["vpcId"]));
    }

    [Fact]
    public async Task Mocks_are_asked_for_components_too()
    {
        var mocks = new RecordingMocks();
        await Run.UpdateAsync(mocks, () => _ = new Network("net"));

        Assert.Equal("hybrid:network:Network", mocks.Resource("net").Type);
        Assert.Equal("", mocks.Resource("net").Provider);
    }

    [Fact]
    public async Task Children_inherit_the_provider_of_their_package_from_a_component()
    {
        var mocks = new RecordingMocks();
        await Run.UpdateAsync(mocks, () =>
        {
            var provider = new Pulumi.Aws.Provider("west", new Pulumi.Aws.ProviderArgs { Region = "us-west-2" });
            _ = new Network("net", new ComponentResourceOptions { Provider = provider });
        });

        Assert.Equal("urn:pulumi:stack::project::pulumi:pulumi:Stack$pulumi:providers:aws::west::west-id", mocks.Resource("net-vpc").Provider);
        Assert.Equal("us-west-2", mocks.Resource("west").Inputs["region"]);
    }

    [Fact]
    public async Task Without_a_provider_the_default_one_is_meant()
    {
        var mocks = new RecordingMocks();
        await Run.UpdateAsync(mocks, () => _ = new Network("net"));

        Assert.Equal("", mocks.Resource("net-vpc").Provider);
    }

    [Fact]
    public async Task A_provider_takes_all_but_texts_as_json()
    {
        var mocks = new RecordingMocks();
        await Run.UpdateAsync(mocks, () => _ = new Pulumi.Aws.Provider("aws", new Pulumi.Aws.ProviderArgs
        {
            AllowedAccountIds = { "123456789012" },
            DefaultTags = new Pulumi.Aws.Inputs.ProviderDefaultTagsArgs { Tags = { { "b", "2" }, { "a", "1" } } },
            MaxRetries = 3,
        }));

        var inputs = mocks.Resource("aws").Inputs;
        Assert.Equal("""["123456789012"]""", inputs["allowedAccountIds"]);
        Assert.Equal("""{"tags":{"a":"1","b":"2"}}""", inputs["defaultTags"]);
        Assert.Equal("3", inputs["maxRetries"]);
    }

    [Fact]
    public async Task Transformations_of_a_component_reach_its_children()
    {
        var mocks = new RecordingMocks();
        await Run.UpdateAsync(mocks, () => _ = new Network("net", new ComponentResourceOptions
        {
            ResourceTransformations =
            {
                args =>
                {
                    if (args.Args is VpcArgs vpc)
                    {
                        vpc.Tags.Add("owner", args.Resource.GetResourceName());
                    }

                    return new ResourceTransformationResult(args.Args, args.Options);
                },
            },
        }));

        Assert.Equal("net-vpc", ((ImmutableDictionary<string, object>)mocks.Resource("net-vpc").Inputs["tags"])["owner"]);
    }

    [Fact]
    public async Task A_transformation_cannot_move_a_resource()
    {
        var failure = await Assert.ThrowsAsync<RunException>(() => Run.UpdateAsync(new RecordingMocks(), () =>
        {
            var other = new Network("other");
            _ = new Network("net", new ComponentResourceOptions
            {
                ResourceTransformations =
                {
                    args => new ResourceTransformationResult(args.Args, new ComponentResourceOptions { Parent = other }),
                },
            });
        }));

        Assert.Contains("Transformations cannot currently be used to change the 'parent' of a resource.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Depending_on_a_component_waits_for_the_resources_in_it()
    {
        var gate = new TaskCompletionSource<string>();
        var mocks = new RecordingMocks();
        var order = new List<string>();
        var run = Run.UpdateAsync(mocks, () =>
        {
            var network = new Network("net", waitFor: Output.Create(gate.Task));
            _ = new Eip("after", null, new CustomResourceOptions { DependsOn = network });
            order.AddRange(mocks.Resources.Select(resource => resource.Name!));
            gate.SetResult("10.0.0.0/16");
        });
        await run;

        Assert.Equal(["net"], order);
        Assert.Equal(["net", "net-vpc", "after"], mocks.Resources.Select(resource => resource.Name));
    }

    [Fact]
    public async Task Provider_and_providers_together_are_refused()
    {
        var failure = await Assert.ThrowsAsync<RunException>(() => Run.UpdateAsync(new RecordingMocks(), () =>
        {
            var provider = new Pulumi.Aws.Provider("aws");
            _ = new Network("net", new ComponentResourceOptions { Provider = provider, Providers = { provider } });
        }));

        Assert.Contains("Do not supply both 'provider' and 'providers' options to a ComponentResource.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Merged_component_options_join_their_providers()
    {
        var merged = ComponentResourceOptions.Merge(
            new ComponentResourceOptions { Protect = true, IgnoreChanges = { "a" } },
            new ComponentResourceOptions { Protect = false, IgnoreChanges = { "b" }, Version = "1.0.0" });

        Assert.False(merged.Protect);
        Assert.Equal(["a", "b"], merged.IgnoreChanges);
        Assert.Equal("1.0.0", merged.Version);
        Assert.Empty(merged.Providers);
    }

    [Fact]
    public void Merged_resource_options_are_new_ones()
    {
        var first = new CustomResourceOptions { AdditionalSecretOutputs = { "a" } };
        var merged = CustomResourceOptions.Merge(first, new CustomResourceOptions { AdditionalSecretOutputs = { "b" }, ImportId = "i" });

        Assert.Equal(["a", "b"], merged.AdditionalSecretOutputs);
        Assert.Equal("i", merged.ImportId);
        Assert.Equal(["a"], first.AdditionalSecretOutputs);
    }

    public sealed class OneNetwork : Stack
    {
        public OneNetwork() => VpcId = new Network("net").VpcId;

        [Output("vpcId")]
        public Output<string> VpcId { get; private set; }
    }

    public sealed class Network : ComponentResource
    {
        public Network(string name, ComponentResourceOptions? options = null, Output<string>? waitFor = null)
            : base("hybrid:network:Network", name, options)
        {
            var vpc = new Vpc($"{name}-vpc", new VpcArgs { CidrBlock = waitFor ?? Output.Create("10.0.0.0/16") }, new CustomResourceOptions { Parent = this });
            VpcId = vpc.Id;
            RegisterOutputs(new Dictionary<string, object?>(StringComparer.Ordinal) { ["vpcId"] = VpcId });
        }

        public Output<string> VpcId { get; }
    }
}
