using System.Text.Json.Nodes;
using Hybrid.Stacks.Preview.Comparison;
using Hybrid.Testing;
using NJsonSchema;

namespace Hybrid.Stacks.Tests.Preview.Comparison;

public sealed class EnvironmentComparisonTests
{
    private const string Vpc = "aws:ec2/vpc:Vpc";
    private const string Subnet = "aws:ec2/subnet:Subnet";
    private const string Group = "aws:ec2/securityGroup:SecurityGroup";
    private const string VpcId = "vpc-0123456789abcdef0";

    [Fact]
    public void The_same_is_no_change() => Assert.True(Compare([Network()], [Network()]).IsEmpty);

    [Fact]
    public void A_property_that_the_provider_updates_is_a_change()
    {
        var change = Single(Compare([Network()], [Network(inputs: """{"cidrBlock": "10.0.0.0/16", "enableDnsSupport": true}""")]));
        Assert.Equal(ChangeAction.Change, change.Action);
        Assert.Null(change.Loses);
        Assert.Equal("enableDnsSupport", Assert.Single(change.Properties).Path);
    }

    [Fact]
    public void A_property_that_it_cannot_update_is_a_replacement_and_a_loss()
    {
        var changes = Compare([Network()], [Network(inputs: """{"cidrBlock": "10.1.0.0/16"}""")]);
        var change = Single(changes);
        Assert.Equal(ChangeAction.Replace, change.Action);
        Assert.StartsWith("the network", change.Loses, StringComparison.Ordinal);
        Assert.Same(change, Assert.Single(changes.Destroyed).Change);
    }

    [Fact]
    public void What_holds_the_id_of_a_replaced_resource_follows_in_other_stacks_too()
    {
        var group = Resource(Group, "group", $$"""{"vpcId": "{{VpcId}}"}""", id: "sg-0123456789abcdef0");
        var rule = Resource("aws:iam/rolePolicy:RolePolicy", "policy", """{"policy": "{\"Resource\": [\"arn:sg-0123456789abcdef0\"]}"}""");
        var changes = EnvironmentComparison.Of(
            Document(Stack("foundation.test", Network()), Stack("platform.test", group, rule)),
            Document(Stack("foundation.test", Network(inputs: """{"cidrBlock": "10.1.0.0/16"}""")), Stack("platform.test", group, rule)),
            "main",
            "0123456789");

        var platform = changes.Stacks.Single(stack => stack.Name is "platform.test");
        Assert.Equal([(ChangeAction.Replace, "group"), (ChangeAction.Change, "policy")], platform.Resources.Select(change => (change.Action, change.Name)));
        Assert.Equal("policy.Resource[0]", Assert.Single(platform.Resources[1].Properties).Path);
    }

    [Fact]
    public void A_resource_named_by_its_inputs_keeps_its_name_when_it_is_replaced()
    {
        const string Cluster = "aws:eks/cluster:Cluster";
        const string Addon = "aws:eks/addon:Addon";
        var addon = Resource(Addon, "addon", """{"clusterName": "production"}""");
        var changes = Compare(
            [Resource(Cluster, "eks", """{"name": "production", "roleArn": "one"}""", id: "production"), addon],
            [Resource(Cluster, "eks", """{"name": "production", "roleArn": "two"}""", id: "production"), addon]);
        Assert.Equal("eks", Single(changes).Name);
    }

    [Fact]
    public void Another_region_replaces_all_but_what_is_global()
    {
        var (subnet, role) = (Resource(Subnet, "subnet", "{}", provider: "aws"), Resource("aws:iam/role:Role", "role", "{}", provider: "aws"));
        var changes = Compare(
            [Resource("pulumi:providers:aws", "aws", """{"region": "eu-central-1"}"""), subnet, role],
            [Resource("pulumi:providers:aws", "aws", """{"region": "eu-west-1"}"""), subnet, role]);
        Assert.Equal([(ChangeAction.Replace, "aws"), (ChangeAction.Replace, "subnet")], changes.Stacks[0].Resources.Select(change => (change.Action, change.Name)));
    }

    [Fact]
    public void A_new_name_is_a_removal_and_an_addition_which_an_alias_avoids()
    {
        var former = Network();
        var renamed = Network(name: "vpc2");
        var changes = Compare([former], [renamed]);
        Assert.Equal([ChangeAction.Remove, ChangeAction.Add], changes.Stacks[0].Resources.Select(change => change.Action));
        Assert.NotEmpty(changes.Destroyed);
        Assert.Contains($"an alias of {former.Urn} keeps it", Assert.Single(changes.Stacks[0].Resources[1].Notes), StringComparison.Ordinal);

        var kept = Single(Compare([former], [renamed with { Aliases = [former.Urn] }]));
        Assert.Equal((ChangeAction.Change, former.Urn), (kept.Action, kept.FormerUrn));
        Assert.Null(kept.Loses);
    }

    [Fact]
    public void An_alias_does_not_take_over_what_another_resource_still_is()
    {
        var former = Network();
        var second = Network(name: "another") with { Aliases = [former.Urn] };
        var change = Single(Compare([former], [second, former]));
        Assert.Equal((ChangeAction.Add, "another"), (change.Action, change.Name));
    }

    [Fact]
    public void What_is_ignored_is_no_change_and_what_replaces_by_option_replaces()
    {
        const string Changed = """{"cidrBlock": "10.0.0.0/16", "tags": {"a": "b"}}""";
        Assert.True(Compare([Network()], [Network(inputs: Changed) with { IgnoreChanges = ["tags"] }]).IsEmpty);
        Assert.Equal(ChangeAction.Replace, Single(Compare([Network()], [Network(inputs: Changed) with { ReplaceOnChanges = ["tags"] }])).Action);
    }

    [Theory]
    [InlineData("aws:eks/cluster:Cluster", """{"encryptionConfig": {"resources": ["secrets"]}}""", "{}", ChangeAction.Replace)]
    [InlineData("aws:eks/cluster:Cluster", "{}", """{"encryptionConfig": {"resources": ["secrets"]}}""", ChangeAction.Change)]
    [InlineData("aws:eks/cluster:Cluster", "{}", """{"kubernetesNetworkConfig": {"ipFamily": "ipv6"}}""", ChangeAction.Replace)]
    [InlineData("aws:opensearch/domain:Domain", """{"engineVersion": "OpenSearch_2.19"}""", """{"engineVersion": "OpenSearch_3.1"}""", ChangeAction.Change)]
    [InlineData("aws:opensearch/domain:Domain", """{"engineVersion": "OpenSearch_2.19"}""", """{"engineVersion": "OpenSearch_2.7"}""", ChangeAction.Replace)]
    [InlineData("aws:opensearch/domain:Domain", """{"encryptAtRest": {"enabled": true}}""", """{"encryptAtRest": {"enabled": false}}""", ChangeAction.Replace)]
    [InlineData("aws:opensearch/domain:Domain", """{"encryptAtRest": {"enabled": false}}""", """{"encryptAtRest": {"enabled": true}}""", ChangeAction.Change)]
    [InlineData("aws:opensearch/domain:Domain", """{"vpcOptions": {"subnetIds": ["a"]}}""", """{"vpcOptions": {"subnetIds": ["b"]}}""", ChangeAction.Change)]
    [InlineData("aws:opensearch/domain:Domain", """{"vpcOptions": {"subnetIds": ["a"]}}""", "{}", ChangeAction.Replace)]
    [InlineData("aws:elasticache/replicationGroup:ReplicationGroup", """{"engine": "redis"}""", """{"engine": "valkey"}""", ChangeAction.Change)]
    [InlineData("aws:elasticache/replicationGroup:ReplicationGroup", """{"engine": "valkey"}""", """{"engine": "redis"}""", ChangeAction.Replace)]
    [InlineData("kubernetes:helm.sh/v3:Release", """{"namespace": "a"}""", """{"namespace": "b"}""", ChangeAction.Replace)]
    [InlineData("kubernetes:helm.sh/v3:Release", """{"values": {"a": 1}}""", """{"values": {"a": 2}}""", ChangeAction.Change)]
    public void A_rule_holds_for_the_change_that_it_names(string type, string before, string after, object expected) =>
        Assert.Equal(expected, Single(Compare([Resource(type, "one", before)], [Resource(type, "one", after)])).Action);

    [Fact]
    public void A_secret_that_changes_is_told_without_its_value()
    {
        var before = Resource("kubernetes:core/v1:Secret", "secret", """{"stringData": {"key": "[secret]"}}""") with { Secrets = Digest("0000000000000000") };
        var change = Single(Compare([before], [before with { Secrets = Digest("1111111111111111") }]));
        var property = Assert.Single(change.Properties);
        Assert.Equal(("stringData.key", "[secret]", "[secret]"), (property.Path, (string?)property.From, (string?)property.To));
        Assert.Equal(ChangeAction.Replace, change.Action);
    }

    [Fact]
    public void What_is_protected_or_kept_is_told()
    {
        var protectedOne = Single(Compare([Network() with { Protect = true }], []));
        Assert.Equal("protected: `pulumi up` refuses to delete it", Assert.Single(protectedOne.Notes));
        Assert.NotNull(protectedOne.Loses);

        var kept = Compare([Network() with { RetainOnDelete = true }], []);
        Assert.Empty(kept.Destroyed);
        Assert.Contains("retainOnDelete", Assert.Single(Single(kept).Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void A_stack_that_goes_takes_its_resources_along()
    {
        var changes = EnvironmentComparison.Of(Document(Stack("foundation.test", Network())), Document(), "main", "0123456789");
        Assert.Equal("foundation.test", Assert.Single(changes.Stacks).Name);
        Assert.Single(changes.Destroyed);
    }

    [Fact]
    public async Task Json_is_what_the_schema_says()
    {
        var schema = await JsonSchema.FromFileAsync(Repository.PathOf("docs", "preview-diff.schema.json"), TestContext.Current.CancellationToken);
        var changes = Compare([Network(), Resource(Subnet, "gone", "{}")], [Network(inputs: """{"cidrBlock": "10.1.0.0/16"}"""), Resource(Group, "new", "{}")]);

        Assert.Empty(schema.Validate(ChangesJson.Write(changes)));
        Assert.Empty(schema.Validate(ChangesJson.Write(Compare([], []))));
        Assert.NotEmpty(schema.Validate(ChangesJson.Write(changes).Replace("\"replace\"", "\"swap\"", StringComparison.Ordinal)));
        var json = JsonNode.Parse(ChangesJson.Write(changes))!;
        Assert.Equal((1, 0, 1, 1), ((int)json["add"]!, (int)json["change"]!, (int)json["replace"]!, (int)json["remove"]!));
        Assert.Single(json["destroys"]!.AsArray());
    }

    [Fact]
    public void Text_puts_what_is_destroyed_first()
    {
        using var writer = new StringWriter();
        ChangesText.Write(Compare([Network()], [Network(inputs: """{"cidrBlock": "10.1.0.0/16"}""")]), writer);
        var lines = writer.ToString().Split(Environment.NewLine);
        Assert.Equal("test: main (0123456) -> the working tree", lines[0]);
        Assert.Equal("  0 to add, 0 to change, 1 to replace, 0 to remove", lines[1]);
        Assert.Equal("!!! DESTROYS WHAT HOLDS DATA !!!", lines[3]);
        Assert.Contains("       cidrBlock: 10.0.0.0/16 -> 10.1.0.0/16   # replaces", lines);
    }

    private static System.Collections.Immutable.ImmutableSortedDictionary<string, string> Digest(string digest) =>
        System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty.Add("stringData.key", digest);

    private static ResourceChange Single(EnvironmentChanges changes) => Assert.Single(Assert.Single(changes.Stacks).Resources);

    private static EnvironmentChanges Compare(ResourceDocument[] before, ResourceDocument[] after) =>
        EnvironmentComparison.Of(Document(Stack("foundation.test", before)), Document(Stack("foundation.test", after)), "main", "0123456789");

    private static PreviewDocument Document(params StackDocument[] stacks) => new() { Version = 1, Environment = "test", Stacks = [.. stacks] };

    private static StackDocument Stack(string name, params ResourceDocument[] resources) =>
        new() { Name = name, Layer = name.Split('.')[0], Resources = [.. resources], Outputs = [] };

    private static ResourceDocument Network(string name = "vpc", string inputs = """{"cidrBlock": "10.0.0.0/16"}""") => Resource(Vpc, name, inputs, id: VpcId);

    private static ResourceDocument Resource(string type, string name, string inputs, string? id = null, string? provider = null) => new()
    {
        Type = type,
        Name = name,
        Urn = $"urn:pulumi:stack::hybrid::{type}::{name}",
        Aliases = [],
        Id = id,
        Provider = provider,
        Protect = false,
        RetainOnDelete = false,
        IgnoreChanges = [],
        ReplaceOnChanges = [],
        Inputs = (JsonObject)JsonNode.Parse(inputs)!,
        Secrets = System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty,
    };
}
