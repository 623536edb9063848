using System.Text.Json;
using Hybrid.Stacks.Tests.Support;

namespace Hybrid.Stacks.Tests.Policies;

/// <summary>What must be true of an environment as a whole, and is no rule about one resource.</summary>
[Collection(PulumiTests.Name)]
public sealed class WholeEnvironmentTests(Environments environments)
{
    [Fact]
    public void Production_makes_no_exception() => Assert.Empty(environments.Policies("prod").Exceptions);

    [Theory]
    [InlineData("staging")]
    [InlineData("prod")]
    public void The_authority_and_the_key_ring_are_protected(string environment) => Assert.All(
        new[] { "tls:index/selfSignedCert:SelfSignedCert::tunnel-ca-1", "tls:index/privateKey:PrivateKey::tunnel-ca-1", "tls:index/privateKey:PrivateKey::keyring-1" },
        key => Assert.True(environments.Resources(environment).Single(item => item.Stack.Layer is "control-plane" && item.Resource.Key == key).Resource.Protect));

    [Theory]
    [InlineData("dev", 12)]
    [InlineData("prod", 20)]
    public void Alarms_watch_the_database_every_cache_node_the_search_domain_and_the_tunnels_certificate(string environment, int count)
    {
        var alarms = environments.OfType(environment, "aws:cloudwatch/metricAlarm:MetricAlarm").ToArray();
        Assert.Equal(count, alarms.Length);
        Assert.All(alarms, item => Assert.Equal(environments[environment].Stacks[1].Outputs["alarmTopicArn"], item.Resource.At("alarmActions", "0")));
        Assert.Contains(alarms, item => item.Resource.At("metricName") as string == "DaysToExpiry" && item.Resource.At("threshold") is 15d);
        Assert.Contains(alarms, item => item.Resource.At("dimensions", "CacheClusterId") as string == $"hybrid-{environment}-0001-002");
        Assert.Equal(environments[environment].Stacks[0].Outputs["alarmsKeyArn"], environments.OfType(environment, "aws:sns/topic:Topic").Single().Resource.At("kmsMasterKeyId"));

        using var body = JsonDocument.Parse(environments.OfType(environment, "aws:cloudwatch/dashboard:Dashboard").Single().Resource.Text("dashboardBody"));
        Assert.Equal(9, body.RootElement.GetProperty("widgets").GetArrayLength());
    }

    [Fact]
    public void Dead_connections_are_noticed_before_the_load_balancer_forgets_them()
    {
        var heartbeat = int.Parse(Gateway.Settings.SettingsContract.Find(Gateway.Settings.SettingNames.ClusterHeartbeatInterval)!.Default!, System.Globalization.CultureInfo.InvariantCulture);
        var release = environments.OfType("prod", "kubernetes:helm.sh/v3:Release").Single(item => item.Resource.Name is "gateway-release" && item.Stack.Layer is "control-plane").Resource;
        var attributes = release.Text("values", "cluster", "annotations", "service.beta.kubernetes.io/aws-load-balancer-listener-attributes.TCP-8005");
        Assert.True(int.Parse(attributes.Split('=')[1], System.Globalization.CultureInfo.InvariantCulture) > 3 * heartbeat);
    }
}
