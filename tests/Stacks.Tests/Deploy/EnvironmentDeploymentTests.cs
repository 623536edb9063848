using Hybrid.Stacks.Deploy;
using Hybrid.Stacks.Preview;
using Hybrid.Stacks.Tests.Support;

namespace Hybrid.Stacks.Tests.Deploy;

[Collection(PulumiTests.Name)]
public sealed class EnvironmentDeploymentTests : IDisposable
{
    private static readonly StackSelection Dev = new("dev");

    private readonly PulumiStandIn _pulumi = new();

    public void Dispose() => _pulumi.Dispose();

    [Fact]
    public async Task Layers_come_up_in_the_order_in_which_they_read_each_other()
    {
        await _pulumi.Deployment.UpAsync(Dev, yes: true);

        Assert.Equal(
            [
                "up --stack foundation.dev --yes",
                "up --stack platform.dev --yes",
                "up --stack control-plane.dev --yes",
                "up --stack data-plane-eks.dev --yes",
                "up --stack data-plane-anywhere.dev.factory1 --yes",
            ],
            _pulumi.Changes);
        Assert.Contains("checked offline: ", _pulumi.Output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stack_is_created_with_the_secrets_provider_of_its_environment()
    {
        await _pulumi.Deployment.UpAsync(Dev with { Layer = "foundation" }, yes: true);

        Assert.Equal(
            ["stack select foundation.dev --create --secrets-provider awskms://alias/hybrid-dev-pulumi?region=eu-central-1 --non-interactive", "up --stack foundation.dev --yes"],
            _pulumi.Calls);
    }

    [Fact]
    public async Task A_mistake_in_the_last_layer_stops_before_the_first_is_touched()
    {
        _pulumi.Clone.Replace("data-plane-anywhere.dev.factory1", "nodePort: 30443", "nodePort: 80");

        var problem = await Assert.ThrowsAsync<PreviewException>(() => _pulumi.Deployment.UpAsync(Dev, yes: true));

        Assert.StartsWith("data-plane-anywhere.dev.factory1: hybrid:proxy.nodePort: 80 is out of range", problem.Message, StringComparison.Ordinal);
        Assert.Empty(_pulumi.Calls);
    }

    [Fact]
    public async Task A_failed_layer_stops_the_rest_and_says_how_to_go_on()
    {
        _pulumi.Fail("control-plane.dev");

        var problem = await Assert.ThrowsAsync<DeployException>(() => _pulumi.Deployment.UpAsync(Dev, yes: true));

        Assert.Equal(
            "control-plane.dev: up failed: the Pulumi CLI ended with exit code 255; not touched: data-plane-eks.dev, data-plane-anywhere.dev.factory1. When it is mended, go on with: ./hybrid up dev --from control-plane",
            problem.Message);
        Assert.DoesNotContain(_pulumi.Changes, call => call.Contains("data-plane", StringComparison.Ordinal));

        _pulumi.Mend("control-plane.dev");
        _pulumi.Forget();
        await _pulumi.Deployment.UpAsync(Dev with { From = "control-plane" }, yes: true);
        Assert.Equal(["up --stack control-plane.dev --yes", "up --stack data-plane-eks.dev --yes", "up --stack data-plane-anywhere.dev.factory1 --yes"], _pulumi.Changes);
    }

    [Fact]
    public async Task An_environment_goes_away_the_last_layer_first()
    {
        await _pulumi.Deployment.UpAsync(Dev, yes: true);
        _pulumi.Forget();

        await _pulumi.Deployment.DestroyAsync(Dev, yes: true);

        Assert.Equal(
            [
                "destroy --stack data-plane-anywhere.dev.factory1 --yes",
                "destroy --stack data-plane-eks.dev --yes",
                "destroy --stack control-plane.dev --yes",
                "destroy --stack platform.dev --yes",
                "destroy --stack foundation.dev --yes",
            ],
            _pulumi.Changes);
    }

    [Fact]
    public async Task What_was_never_brought_up_is_not_destroyed()
    {
        await _pulumi.Deployment.UpAsync(Dev with { Layer = "foundation" }, yes: true);
        _pulumi.Forget();

        await _pulumi.Deployment.DestroyAsync(Dev, yes: true);

        Assert.Equal(["destroy --stack foundation.dev --yes"], _pulumi.Changes);
    }

    [Fact]
    public async Task A_protected_environment_is_not_destroyed()
    {
        await _pulumi.Deployment.UpAsync(new StackSelection("prod"), yes: true);
        _pulumi.Forget();

        var problem = await Assert.ThrowsAsync<DeployException>(() => _pulumi.Deployment.DestroyAsync(new StackSelection("prod"), yes: true));

        Assert.Contains("is protected, and nothing was destroyed: set hybrid:protect to \"false\"", problem.Message, StringComparison.Ordinal);
        Assert.Empty(_pulumi.Changes);
    }

    [Fact]
    public async Task A_layer_that_another_still_reads_is_not_destroyed()
    {
        await _pulumi.Deployment.UpAsync(Dev, yes: true);
        _pulumi.Forget();

        var problem = await Assert.ThrowsAsync<DeployException>(() => _pulumi.Deployment.DestroyAsync(Dev with { Layer = "platform" }, yes: true));

        Assert.Equal(
            "platform.dev is still read by control-plane.dev, which has 7 resources; nothing was destroyed. Destroy that first: ./hybrid destroy dev --layer control-plane",
            problem.Message);
        Assert.Empty(_pulumi.Changes);
    }

    [Fact]
    public async Task A_destruction_that_failed_goes_on_downwards()
    {
        await _pulumi.Deployment.UpAsync(Dev, yes: true);
        _pulumi.Fail("control-plane.dev");

        var problem = await Assert.ThrowsAsync<DeployException>(() => _pulumi.Deployment.DestroyAsync(Dev, yes: true));
        Assert.EndsWith("not touched: platform.dev, foundation.dev. When it is mended, go on with: ./hybrid destroy dev --from control-plane", problem.Message, StringComparison.Ordinal);

        _pulumi.Mend("control-plane.dev");
        _pulumi.Forget();
        await _pulumi.Deployment.DestroyAsync(Dev with { From = "control-plane" }, yes: true);
        Assert.Equal(["destroy --stack control-plane.dev --yes", "destroy --stack platform.dev --yes", "destroy --stack foundation.dev --yes"], _pulumi.Changes);
    }

    [Fact]
    public async Task A_plan_changes_nothing_and_makes_no_stack()
    {
        await _pulumi.Deployment.UpAsync(Dev with { Layer = "foundation" }, yes: true);
        _pulumi.Forget();

        await _pulumi.Deployment.PlanAsync(Dev);

        Assert.Equal(["preview --stack foundation.dev --diff"], _pulumi.Calls);
        Assert.Contains("platform.dev: not brought up yet; what it would be: ./hybrid preview dev", _pulumi.Output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refresh_takes_the_existing_stacks()
    {
        await _pulumi.Deployment.UpAsync(Dev with { Layer = "foundation" }, yes: true);
        _pulumi.Forget();

        await _pulumi.Deployment.RefreshAsync(Dev, yes: true);

        Assert.Equal(["refresh --stack foundation.dev --yes"], _pulumi.Changes);
    }

    [Fact]
    public void A_layer_that_does_not_exist_is_told_with_those_that_do()
    {
        var problem = Assert.Throws<DeployException>(() => (Dev with { Layer = "network" }).In(_pulumi.Clone.Root));
        Assert.Equal("--layer: 'network' is not a layer (allowed: foundation, platform, control-plane, data-plane-eks, data-plane-anywhere)", problem.Message);
        Assert.StartsWith("--from: 'network'", Assert.Throws<DeployException>(() => (Dev with { From = "network" }).In(_pulumi.Clone.Root)).Message, StringComparison.Ordinal);
        Assert.StartsWith("--layer and --from", Assert.Throws<DeployException>(() => (Dev with { Layer = "platform", From = "platform" }).In(_pulumi.Clone.Root)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_site_can_be_chosen()
    {
        File.WriteAllText(
            _pulumi.Clone.Config("data-plane-anywhere.dev.factory2"),
            File.ReadAllText(_pulumi.Clone.Config("data-plane-anywhere.dev.factory1")).Replace("factory1", "factory2", StringComparison.Ordinal));

        Assert.Equal(["data-plane-anywhere.dev.factory2"], Names(Dev with { Layer = "data-plane-anywhere", Site = "factory2" }));
        Assert.Equal(["data-plane-eks.dev", "data-plane-anywhere.dev.factory1"], Names(Dev with { From = "data-plane-eks", Site = "factory1" }));
        var problem = Assert.Throws<DeployException>(() => Names(Dev with { Site = "factory3" }));
        Assert.Equal("--site: 'factory3' has no stack in dev (allowed: factory1, factory2)", problem.Message);
    }

    [Fact]
    public void Without_the_CLI_there_is_one_line_that_says_where_to_get_it()
    {
        var problem = Assert.Throws<DeployException>(() => PulumiCli.Find(_pulumi.Clone.Root, "/nonexistent:/usr/nowhere"));
        Assert.Equal("the Pulumi CLI was not found on PATH: install it (https://www.pulumi.com/docs/install/) and try again", problem.Message);
    }

    private string[] Names(StackSelection selection) => [.. selection.In(_pulumi.Clone.Root).Select(stack => stack.Stack)];
}
