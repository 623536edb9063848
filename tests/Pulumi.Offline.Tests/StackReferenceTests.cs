using System.Collections.Immutable;
using Hybrid.PulumiOffline.Tests.Support;
using Pulumi;
using Pulumi.Utilities;

namespace Hybrid.PulumiOffline.Tests;

public sealed class StackReferenceTests
{
    private static RecordingMocks Foundation => new()
    {
        Extra = _ => ImmutableDictionary<string, object>.Empty
            .Add("outputs", ImmutableDictionary<string, object>.Empty.Add("vpcId", "vpc-1").Add("password", "s3cret"))
            .Add("secretOutputNames", ImmutableArray.Create<object>("password")),
    };

    [Fact]
    public async Task A_reference_is_read_by_the_name_of_the_stack()
    {
        var mocks = Foundation;
        await Run.UpdateAsync(mocks, () => _ = new StackReference("foundation", new StackReferenceArgs { Name = "org/hybrid/foundation.dev" }));

        var asked = mocks.Resource("foundation");
        Assert.Equal("pulumi:pulumi:StackReference", asked.Type);
        Assert.Equal("org/hybrid/foundation.dev", asked.Id);
        Assert.Equal("org/hybrid/foundation.dev", asked.Inputs["name"]);
    }

    [Fact]
    public async Task Only_secret_outputs_are_secret()
    {
        Output<object?>? plain = null, secret = null, absent = null;
        await Run.UpdateAsync(Foundation, () =>
        {
            var reference = new StackReference("foundation");
            plain = reference.GetOutput("vpcId");
            secret = reference.GetOutput("password");
            absent = reference.GetOutput("absent");
        });

        Assert.Equal("vpc-1", await OutputUtilities.GetValueAsync(plain!));
        Assert.False(await Output.IsSecretAsync(plain!));
        Assert.Equal("s3cret", await OutputUtilities.GetValueAsync(secret!));
        Assert.True(await Output.IsSecretAsync(secret!));
        Assert.Null(await OutputUtilities.GetValueAsync(absent!));
    }

    [Fact]
    public async Task A_required_output_that_is_absent_fails_the_run_and_is_named()
    {
        var failure = await Assert.ThrowsAsync<RunException>(() => Run.UpdateAsync(Foundation, () => new StackReference("foundation").RequireOutput("absent")));

        Assert.Contains("Required output 'absent' does not exist on stack 'foundation'.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Details_tell_plain_values_from_secret_ones()
    {
        StackReferenceOutputDetails? plain = null, secret = null;
        InvalidOperationException? refused = null;
        await Deployment.TestAsync(Foundation, Run.Update, async () =>
        {
            var reference = new StackReference("foundation");
            plain = await reference.GetOutputDetailsAsync("vpcId");
            secret = await reference.GetOutputDetailsAsync("password");
            refused = await Assert.ThrowsAsync<InvalidOperationException>(() => reference.RequireValueAsync("password"));
        });

        Assert.Equal(("vpc-1", null), (plain!.Value, plain.SecretValue));
        Assert.Equal((null, "s3cret"), (secret!.Value, secret.SecretValue));
        Assert.Contains("secret outputs", refused!.Message, StringComparison.Ordinal);
    }
}
