using System.Text.Json;
using Hybrid.PulumiOffline.Tests.Support;
using Pulumi;
using Pulumi.Aws.Ec2;
using Pulumi.Utilities;

namespace Hybrid.PulumiOffline.Tests;

public sealed class OutputTests
{
    [Fact]
    public async Task An_unanswered_output_is_unknown_in_a_preview_and_absent_after_an_update()
    {
        Vpc? previewed = null;
        Vpc? updated = null;
        await Run.PreviewAsync(new RecordingMocks(), () => previewed = NewVpc());
        await Run.UpdateAsync(new RecordingMocks(), () => updated = NewVpc());

        Assert.False(await OutputUtilities.GetIsKnownAsync(previewed!.Arn));
        Assert.True(await OutputUtilities.GetIsKnownAsync(previewed.CidrBlock));
        Assert.True(await OutputUtilities.GetIsKnownAsync(updated!.Arn));
        Assert.Null(await OutputUtilities.GetValueAsync(updated.Arn));
    }

    [Fact]
    public async Task An_absent_id_is_unknown_in_a_preview_and_in_an_update()
    {
        var mocks = new RecordingMocks { Id = _ => null };
        Vpc? vpc = null;
        await Run.UpdateAsync(mocks, () => vpc = NewVpc());

        Assert.False(await OutputUtilities.GetIsKnownAsync(vpc!.Id));
    }

    [Fact]
    public async Task A_preview_does_not_apply_to_what_is_unknown()
    {
        var calls = 0;
        Output<int>? length = null;
        await Run.PreviewAsync(new RecordingMocks(), () => length = NewVpc().Arn.Apply(arn =>
        {
            calls++;
            return arn.Length;
        }));

        Assert.False(await OutputUtilities.GetIsKnownAsync(length!));
        Assert.Equal(0, calls);
    }

    [Fact]
    public async Task An_input_with_something_unknown_inside_does_not_reach_the_mock()
    {
        var mocks = new RecordingMocks();
        await Run.PreviewAsync(mocks, () => _ = new Subnet("subnet", new SubnetArgs
        {
            VpcId = NewVpc().Arn,
            CidrBlock = "10.0.0.0/24",
            Tags = { { "known", "yes" }, { "arn", NewVpc("other").Arn } },
        }));

        Assert.Equal(["cidrBlock"], mocks.Resource("subnet").Inputs.Keys);
    }

    [Fact]
    public async Task Secrecy_spreads_through_every_combination()
    {
        var secret = Output.CreateSecret("s3cret");
        var plain = Output.Create("plain");

        Assert.True(await Output.IsSecretAsync(secret.Apply(value => value.Length)));
        Assert.True(await Output.IsSecretAsync(plain.Apply(_ => secret)));
        Assert.True(await Output.IsSecretAsync(Output.All(plain, secret)));
        Assert.True(await Output.IsSecretAsync(Output.Tuple(plain, secret)));
        Assert.True(await Output.IsSecretAsync(Output.Format($"{plain}:{secret}")));
        Assert.True(await Output.IsSecretAsync(Output.CreateSecret(plain)));
        Assert.False(await Output.IsSecretAsync(Output.Format($"{plain}")));
        Assert.False(await Output.IsSecretAsync(Output.Unsecret(secret)));
    }

    [Fact]
    public async Task A_list_or_map_with_a_secret_is_secret()
    {
        InputList<string> list = ["a"];
        list.Add(Output.CreateSecret("b"));
        InputMap<string> map = new() { { "a", "1" }, { "b", Output.CreateSecret("2") } };

        Assert.True(await Output.IsSecretAsync((Output<System.Collections.Immutable.ImmutableArray<string>>)list));
        Assert.True(await Output.IsSecretAsync((Output<System.Collections.Immutable.ImmutableDictionary<string, string>>)map));
    }

    [Fact]
    public async Task Secrets_reach_a_mock_as_plain_values_and_do_not_come_back_secret()
    {
        var mocks = new RecordingMocks();
        Pulumi.Tls.CertRequest? request = null;
        await Run.UpdateAsync(mocks, () => request = new Pulumi.Tls.CertRequest("request", new Pulumi.Tls.CertRequestArgs
        {
            PrivateKeyPem = Output.CreateSecret("pem"),
            Uris = { "spiffe://example/data-plane/site" },
        }));

        Assert.Equal("pem", mocks.Resource("request").Inputs["privateKeyPem"]);
        Assert.False(await Output.IsSecretAsync(request!.PrivateKeyPem));
    }

    [Fact]
    public async Task A_secret_argument_is_marked_by_its_setter()
    {
        var args = new Pulumi.Tls.CertRequestArgs { PrivateKeyPem = "pem" };

        Assert.True(await Output.IsSecretAsync((Output<string>)args.PrivateKeyPem));
    }

    [Fact]
    public async Task Outputs_know_the_resources_they_come_from()
    {
        Vpc? vpc = null;
        Subnet? subnet = null;
        Output<string>? text = null;
        await Run.UpdateAsync(new RecordingMocks(), () =>
        {
            vpc = NewVpc();
            subnet = new Subnet("subnet", new SubnetArgs { VpcId = vpc.Id });
            text = Output.Format($"{vpc.Id}/{subnet.Id}").Apply(value => value.ToUpperInvariant());
        });

        Assert.Equal("VPC-ID/SUBNET-ID", await OutputUtilities.GetValueAsync(text!));
        Assert.Equal([vpc!, subnet!], (await OutputUtilities.GetDependenciesAsync(text!)).OrderByDescending(resource => resource.GetResourceName()));
    }

    [Fact]
    public async Task Json_of_nested_outputs_is_unknown_or_secret_as_they_are()
    {
        var options = new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };
        var known = Output.JsonSerialize(Output.Create(new { Name = Output.Create("a"), Key = Output.CreateSecret("b") }), options);
        var unknown = Output.JsonSerialize(Output.Create(new { Name = OutputUtilities.CreateUnknown("?") }));

        Assert.Equal("""{"name":"a","key":"b"}""", await OutputUtilities.GetValueAsync(known));
        Assert.True(await Output.IsSecretAsync(known));
        Assert.False(await OutputUtilities.GetIsKnownAsync(unknown));
    }

    [Fact]
    public async Task Tuples_of_up_to_eight_keep_their_order()
    {
        var tuple = Output.Tuple(
            Output.Create(1), Output.Create("2"), Output.Create(3.0), Output.Create('4'),
            Output.Create(5L), Output.Create(true), Output.Create("7"), Output.Create(8));

        Assert.Equal((1, "2", 3.0, '4', 5L, true, "7", 8), await OutputUtilities.GetValueAsync(tuple));
    }

    [Fact]
    public void An_output_is_no_text()
        => Assert.StartsWith("Calling [ToString] on an [Output<T>] is not supported.", Output.Create("x").ToString(), StringComparison.Ordinal);

    private static Vpc NewVpc(string name = "vpc") => new(name, new VpcArgs { CidrBlock = "10.0.0.0/16" });
}
