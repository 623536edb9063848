using Gateway.DataPlane.Configuration;
using Gateway.DataPlane.Logging;
using Gateway.DataPlane.Model;
using Gateway.DataPlane.Pipeline;
using Gateway.DataPlane.References;
using Gateway.DataPlane.Tests.Hosting.Support;
using Gateway.Model;
using Gateway.Model.Entities;
using Gateway.Model.Schemas;
using Gateway.Tunnel.Subscription;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gateway.DataPlane.Tests.Configuration;

/// <summary>What plugins find out about callers.</summary>
public sealed class CredentialIndexTests
{
    private readonly ConfigurationStore _store;

    public CredentialIndexTests()
    {
        var states = new PluginStateStore();
        var host = new PluginHost(
            states,
            TimeProvider.System,
            NullLoggerFactory.Instance,
            new PluginLogging(new DroppedRecords(), TimeProvider.System, NullLogger<PluginLogging>.Instance));
        _store = new ConfigurationStore(new PluginCompiler([], host, new ReferenceResolver(new ReferenceReader("/run/secrets"))), states, NullLogger<ConfigurationStore>.Instance);
    }

    public static TheoryData<string> Kinds => [.. EntitySchemas.All.Select(schema => schema.Kind)];

    private IConfigurationView View => _store.Current;

    [Fact]
    public async Task Credentials_are_found_by_what_callers_present()
    {
        var builder = new ConfigurationBuilder();
        var alice = builder.Consumer("alice");
        var basic = BasicAuth(builder, "alice", alice);
        var jwt = builder.Put(
            EntityKinds.JwtSecrets, new JwtSecret { Id = Guid.NewGuid(), Key = "issuer", Secret = "s", Consumer = new(alice) }, ModelJson.Default.JwtSecret);
        var mtls = builder.Put(
            EntityKinds.MtlsAuthCredentials, new MtlsAuthCredential { Id = Guid.NewGuid(), SubjectName = "alice.example.com", Consumer = new(alice) }, ModelJson.Default.MtlsAuthCredential);
        await ApplyAsync(builder.Snapshot());

        Assert.Equal(basic, View.FindBasicAuthCredential("alice")!.Id);
        Assert.Null(View.FindBasicAuthCredential("Alice"));
        Assert.Equal(jwt, View.FindJwtSecret("issuer")!.Id);
        Assert.Null(View.FindJwtSecret("other"));
        Assert.Equal(mtls, Assert.Single(View.FindMtlsAuthCredentials("ALICE.example.com")).Id);
        Assert.Empty(View.FindMtlsAuthCredentials("bob.example.com"));
    }

    [Fact]
    public async Task Two_credentials_may_swap_their_names_in_one_update()
    {
        var builder = new ConfigurationBuilder();
        var alice = builder.Consumer("alice");
        var (first, second) = (BasicAuth(builder, "first", alice), BasicAuth(builder, "second", alice));
        await ApplyAsync(builder.Snapshot(1));

        var swap = new ConfigurationBuilder();
        BasicAuth(swap, "second", alice, first);
        BasicAuth(swap, "first", alice, second);
        await ApplyAsync(swap.Delta(2));

        Assert.Equal(first, View.FindBasicAuthCredential("second")!.Id);
        Assert.Equal(second, View.FindBasicAuthCredential("first")!.Id);
    }

    [Fact]
    public async Task A_user_name_of_two_is_refused()
    {
        var builder = new ConfigurationBuilder();
        var alice = builder.Consumer("alice");
        BasicAuth(builder, "same", alice);
        BasicAuth(builder, "same", alice);

        var result = await _store.ApplyAsync(builder.Snapshot(), TestContext.Current.CancellationToken);

        Assert.EndsWith(".username", Assert.Single(result.Errors).Field, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_consumer_is_found_by_each_of_its_names_and_by_no_other()
    {
        var builder = new ConfigurationBuilder();
        var alice = builder.Consumer("alice", consumer => consumer with { CustomId = "a-1" });
        await ApplyAsync(builder.Snapshot(1));

        Assert.Equal(alice, View.FindConsumerByUsername("alice")!.Id);
        Assert.Equal(alice, View.FindConsumerByCustomId("a-1")!.Id);
        Assert.Null(View.FindConsumerByUsername(alice.ToString()));
        Assert.Null(View.FindConsumerByUsername("a-1"));
        Assert.Null(View.FindConsumerByCustomId("alice"));

        var rename = new ConfigurationBuilder();
        rename.Consumer("alice", consumer => consumer with { Id = alice, CustomId = "a-2" });
        await ApplyAsync(rename.Delta(2));
        Assert.Null(View.FindConsumerByCustomId("a-1"));
        Assert.Equal(alice, View.FindConsumerByCustomId("a-2")!.Id);

        var refused = await _store.ApplyAsync(ConsumerOf("bob", "a-2").Delta(3), TestContext.Current.CancellationToken);
        Assert.EndsWith(".custom_id", Assert.Single(refused.Errors).Field, StringComparison.Ordinal);
    }

    private static ConfigurationBuilder ConsumerOf(string username, string customId)
    {
        var builder = new ConfigurationBuilder();
        builder.Consumer(username, consumer => consumer with { CustomId = customId });
        return builder;
    }

    [Fact]
    public async Task Groups_come_in_order_and_follow_every_change()
    {
        var builder = new ConfigurationBuilder();
        var (alice, bob) = (builder.Consumer("alice"), builder.Consumer("bob"));
        var (gold, silver) = (builder.Group("gold"), builder.Group("silver"));
        builder.Member(silver, alice);
        var membership = builder.Member(gold, alice);
        builder.Member(gold, bob);
        await ApplyAsync(builder.Snapshot(1));
        Assert.Equal(["gold", "silver"], Groups(alice));

        var rename = new ConfigurationBuilder();
        rename.Group("zinc", gold);
        await ApplyAsync(rename.Delta(2));
        Assert.Equal(["silver", "zinc"], Groups(alice));
        Assert.Equal(["zinc"], Groups(bob));

        await ApplyAsync(new ConfigurationBuilder().Delete(EntityKinds.ConsumerGroupMembers, membership).Delta(3));
        Assert.Equal(["silver"], Groups(alice));
        Assert.Equal(["zinc"], Groups(bob));
    }

    [Fact]
    public async Task A_consumer_that_goes_takes_its_groups_along()
    {
        var builder = new ConfigurationBuilder();
        var alice = builder.Consumer("alice");
        var acl = builder.Put(EntityKinds.Acls, new Acl { Id = Guid.NewGuid(), Group = "users", Consumer = new(alice) }, ModelJson.Default.Acl);
        builder.Put(EntityKinds.Acls, new Acl { Id = Guid.NewGuid(), Group = "admins", Consumer = new(alice) }, ModelJson.Default.Acl);
        await ApplyAsync(builder.Snapshot(1));
        Assert.Equal(["admins", "users"], View.AclGroupsOf(alice));

        await ApplyAsync(new ConfigurationBuilder().Delete(EntityKinds.Acls, acl).Delta(2));
        Assert.Equal(["admins"], View.AclGroupsOf(alice));

        var refused = await _store.ApplyAsync(new ConfigurationBuilder().Delete(EntityKinds.Consumers, alice).Delta(3), TestContext.Current.CancellationToken);
        Assert.EndsWith(".consumer", Assert.Single(refused.Errors).Field, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Every_kind_that_administrators_write_is_known(string kind)
    {
        var id = Guid.NewGuid();
        var result = await _store.ApplyAsync(
            new ConfigurationBuilder().Raw(kind, id, $$"""{"id":"{{Guid.NewGuid()}}"}""").Snapshot(), TestContext.Current.CancellationToken);

        // Wrong in one way or another, but never for its kind.
        Assert.DoesNotContain(result.Errors, error => error.Problem.Contains("kind", StringComparison.Ordinal));
        Assert.Equal($"{kind}[{id}]", Assert.Single(result.Errors).Field);
    }

    private static Guid BasicAuth(ConfigurationBuilder builder, string username, Guid consumer, Guid? id = null) => builder.Put(
        EntityKinds.BasicAuthCredentials,
        new BasicAuthCredential { Id = id ?? Guid.NewGuid(), Username = username, Password = "hash", Consumer = new(consumer) },
        ModelJson.Default.BasicAuthCredential);

    private IEnumerable<string> Groups(Guid consumer) => View.ConsumerGroupsOf(consumer).Select(group => group.Name);

    private async Task ApplyAsync(ConfigurationUpdate update) =>
        Assert.True((await _store.ApplyAsync(update, TestContext.Current.CancellationToken)).IsApplied);
}
