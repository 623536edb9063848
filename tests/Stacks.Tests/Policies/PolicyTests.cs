using System.Collections.Immutable;
using System.Text.Json;
using Hybrid.Stacks.Preview;
using Hybrid.Stacks.Tests.Support;

namespace Hybrid.Stacks.Tests.Policies;

/// <summary>What must be true of every environment, read off the previewed resources.</summary>
[Collection(PulumiTests.Name)]
public sealed class PolicyTests(Environments environments)
{
    /// <summary>Statements that can't name a resource: the service does not allow it, or a key's policy speaks of its own key.</summary>
    private static readonly ImmutableHashSet<string> MayNameEveryResource = ["Look", "ReadRecords", "Create", "AccountAdministers", "LogsUse", "AlarmsPublish", "AutoScalingUses", "AutoScalingGrants"];

    private static readonly ImmutableHashSet<string> Stateful =
    [
        "aws:ec2/vpc:Vpc", "aws:kms/key:Key", "aws:ecr/repository:Repository", "aws:route53/zone:Zone", "aws:eks/cluster:Cluster", "aws:rds/cluster:Cluster",
        "aws:rds/clusterInstance:ClusterInstance", "aws:cognito/userPool:UserPool", "aws:elasticache/replicationGroup:ReplicationGroup", "aws:opensearch/domain:Domain",
        "tls:index/selfSignedCert:SelfSignedCert tunnel-ca-1", "tls:index/privateKey:PrivateKey tunnel-ca-1", "tls:index/privateKey:PrivateKey keyring-1",
    ];

    [Theory]
    [InlineData("dev")]
    [InlineData("prod")]
    public void No_security_group_opens_to_everyone(string environment)
    {
        Assert.All(environments.OfType(environment, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"), item =>
        {
            Assert.NotEqual("0.0.0.0/0", item.Resource.At("cidrIpv4"));
            Assert.True(item.Resource.At("cidrIpv4") is not null || item.Resource.At("referencedSecurityGroupId") is not null);
        });
        Assert.All(environments.OfType(environment, "aws:ec2/securityGroup:SecurityGroup"), item =>
            Assert.DoesNotContain("0.0.0.0/0", JsonSerializer.Serialize(item.Resource.Inputs), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("dev")]
    [InlineData("prod")]
    public void The_clusters_endpoint_is_private_its_secrets_encrypted_and_everything_logged(string environment)
    {
        var cluster = environments.OfType(environment, "aws:eks/cluster:Cluster").Single().Resource;
        Assert.Equal(false, cluster.At("vpcConfig", "endpointPublicAccess"));
        Assert.Equal(true, cluster.At("vpcConfig", "endpointPrivateAccess"));
        Assert.StartsWith("arn:aws:kms:", cluster.Text("encryptionConfig", "provider", "keyArn"), StringComparison.Ordinal);
        Assert.Equal("API", cluster.At("accessConfig", "authenticationMode"));
        Assert.Equal(false, cluster.At("accessConfig", "bootstrapClusterCreatorAdminPermissions"));
        Assert.Equal(
            ["api", "audit", "authenticator", "controllerManager", "scheduler"],
            ((ImmutableArray<object?>)cluster.At("enabledClusterLogTypes")!).Cast<string>().Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("dev")]
    [InlineData("prod")]
    public void Nodes_have_encrypted_gp3_volumes_and_metadata_out_of_pods_reach(string environment) =>
        Assert.All(environments.OfType(environment, "aws:ec2/launchTemplate:LaunchTemplate"), item =>
        {
            Assert.Equal("required", item.Resource.At("metadataOptions", "httpTokens"));
            Assert.Equal(1d, item.Resource.At("metadataOptions", "httpPutResponseHopLimit"));
            Assert.Equal("gp3", item.Resource.At("blockDeviceMappings", "0", "ebs", "volumeType"));
            Assert.Equal("true", item.Resource.At("blockDeviceMappings", "0", "ebs", "encrypted"));
            Assert.NotNull(item.Resource.At("blockDeviceMappings", "0", "ebs", "kmsKeyId"));
        });

    [Theory]
    [InlineData("dev")]
    [InlineData("prod")]
    public void Data_is_encrypted_at_rest_and_on_its_way(string environment)
    {
        var database = environments.OfType(environment, "aws:rds/cluster:Cluster").Single().Resource;
        Assert.Equal(true, database.At("storageEncrypted"));
        Assert.NotNull(database.At("kmsKeyId"));
        Assert.Equal(true, database.At("manageMasterUserPassword"));
        Assert.Equal(true, database.At("iamDatabaseAuthenticationEnabled"));
        Assert.Null(database.At("masterPassword"));
        Assert.Contains("rds.force_ssl", JsonSerializer.Serialize(environments.OfType(environment, "aws:rds/clusterParameterGroup:ClusterParameterGroup").Single().Resource.Inputs), StringComparison.Ordinal);

        var cache = environments.OfType(environment, "aws:elasticache/replicationGroup:ReplicationGroup").Single().Resource;
        Assert.Equal(true, cache.At("atRestEncryptionEnabled"));
        Assert.Equal(true, cache.At("transitEncryptionEnabled"));
        Assert.Equal("required", cache.At("transitEncryptionMode"));

        var search = environments.OfType(environment, "aws:opensearch/domain:Domain").Single().Resource;
        Assert.Equal(true, search.At("encryptAtRest", "enabled"));
        Assert.Equal(true, search.At("nodeToNodeEncryption", "enabled"));
        Assert.Equal(true, search.At("domainEndpointOptions", "enforceHttps"));
        Assert.Equal(true, search.At("advancedSecurityOptions", "enabled"));
        Assert.NotNull(search.At("vpcOptions", "subnetIds"));

        Assert.All(environments.OfType(environment, "aws:rds/clusterInstance:ClusterInstance"), item => Assert.Equal(false, item.Resource.At("publiclyAccessible")));
        Assert.All(environments.OfType(environment, "aws:ecr/repository:Repository"), item => Assert.Equal("IMMUTABLE", item.Resource.At("imageTagMutability")));
    }

    [Theory]
    [InlineData("dev")]
    [InlineData("prod")]
    public void Every_key_rotates_and_every_log_group_is_encrypted_and_ends(string environment)
    {
        Assert.All(environments.OfType(environment, "aws:kms/key:Key"), item => Assert.Equal(true, item.Resource.At("enableKeyRotation")));
        Assert.All(environments.OfType(environment, "aws:cloudwatch/logGroup:LogGroup"), item =>
        {
            Assert.NotNull(item.Resource.At("kmsKeyId"));
            Assert.NotNull(item.Resource.At("retentionInDays"));
        });
    }

    [Theory]
    [InlineData("dev")]
    [InlineData("prod")]
    public void Policies_name_their_resources_and_never_every_action(string environment)
    {
        var documents = environments.Resources(environment)
            .SelectMany(item => new[] { "policy", "assumeRolePolicy", "accessPolicies", "policyDocument" }.Select(property => (item.Resource, Document: item.Resource.At(property) as string)))
            .Where(item => item.Document?.Contains("\"Statement\"", StringComparison.Ordinal) is true)
            .ToArray();
        Assert.True(documents.Length > 15);
        foreach (var (resource, document) in documents)
        {
            using var json = JsonDocument.Parse(document!);
            foreach (var statement in json.RootElement.GetProperty("Statement").EnumerateArray())
            {
                var sid = statement.GetProperty("Sid").GetString()!;
                Assert.DoesNotContain(statement.GetProperty("Action").EnumerateArray(), action => action.GetString() is "*");
                if (statement.TryGetProperty("Resource", out var resources) && !MayNameEveryResource.Contains(sid))
                {
                    Assert.DoesNotContain(resources.EnumerateArray(), name => name.GetString() is "*");
                }

                if (statement.TryGetProperty("Principal", out var principal))
                {
                    Assert.DoesNotContain("\"*\"", principal.GetRawText(), StringComparison.Ordinal);
                }
            }

            Assert.True(document!.Length < 10_240, $"{resource.Key}: a role's policies hold 10,240 characters");
        }
    }

    [Fact]
    public void In_production_what_holds_data_is_protected_twice()
    {
        var stateful = environments.Resources("prod").Where(item => Stateful.Contains(item.Resource.Type) || Stateful.Contains($"{item.Resource.Type} {item.Resource.Name}")).ToArray();
        Assert.Equal(Stateful.Count, stateful.Select(item => Stateful.Contains(item.Resource.Type) ? item.Resource.Type : $"{item.Resource.Type} {item.Resource.Name}").Distinct(StringComparer.Ordinal).Count());
        Assert.All(stateful, item => Assert.True(item.Resource.Protect, item.Resource.Key));
        Assert.Equal(true, environments.OfType("prod", "aws:rds/cluster:Cluster").Single().Resource.At("deletionProtection"));
        Assert.Equal(false, environments.OfType("prod", "aws:rds/cluster:Cluster").Single().Resource.At("skipFinalSnapshot"));
        Assert.Equal(true, environments.OfType("prod", "aws:eks/cluster:Cluster").Single().Resource.At("deletionProtection"));
        Assert.Equal("ACTIVE", environments.OfType("prod", "aws:cognito/userPool:UserPool").Single().Resource.At("deletionProtection"));
    }

    [Fact]
    public void Production_survives_the_loss_of_a_zone()
    {
        Assert.Equal(3, environments.OfType("prod", "aws:ec2/natGateway:NatGateway").Count());
        Assert.True(environments.OfType("prod", "aws:rds/clusterInstance:ClusterInstance").Count() >= 2);
        Assert.Equal(true, environments.OfType("prod", "aws:elasticache/replicationGroup:ReplicationGroup").Single().Resource.At("multiAzEnabled"));
        Assert.Equal(3d, environments.OfType("prod", "aws:opensearch/domain:Domain").Single().Resource.At("clusterConfig", "zoneAwarenessConfig", "availabilityZoneCount"));
        Assert.Single(environments.OfType("dev", "aws:ec2/natGateway:NatGateway"));
    }

    [Theory]
    [InlineData("dev")]
    [InlineData("prod")]
    public void Every_stack_names_its_account_and_tags_what_it_makes(string environment) =>
        Assert.All(environments[environment].Stacks, stack =>
        {
            var provider = stack.Resources.Single(resource => resource.Type is "pulumi:providers:aws");
            Assert.Matches("^\\[\"[0-9]{12}\"\\]$", provider.Text("allowedAccountIds"));
            using var tags = JsonDocument.Parse(provider.Text("defaultTags"));
            Assert.Equal(
                ["environment", "managed-by", "owner", "project", "stack"],
                tags.RootElement.GetProperty("tags").EnumerateObject().Select(tag => tag.Name).Order(StringComparer.Ordinal));
        });

    [Theory]
    [InlineData("dev")]
    [InlineData("prod")]
    public void Every_kubernetes_provider_knows_its_cluster_by_a_name_that_stays(string environment) =>
        Assert.All(environments.OfType(environment, "pulumi:providers:kubernetes"), item => Assert.NotNull(item.Resource.At("clusterIdentifier")));

    [Theory]
    [InlineData("dev")]
    [InlineData("prod")]
    public void Releases_roll_back_by_themselves_pin_their_images_and_hold_no_secret(string environment) =>
        Assert.All(environments.OfType(environment, "kubernetes:helm.sh/v3:Release"), item =>
        {
            Assert.Equal(true, item.Resource.At("atomic"));
            Assert.DoesNotContain(SecretMask.Masked, JsonSerializer.Serialize(item.Resource.Inputs), StringComparison.Ordinal);
            if (item.Resource.At("values", "image", "tag") is string tag)
            {
                Assert.NotEqual("latest", tag);
            }
        });

    [Theory]
    [InlineData("dev")]
    [InlineData("prod")]
    public void The_admin_api_stays_inside_its_cluster(string environment) =>
        Assert.All(environments.OfType(environment, "kubernetes:helm.sh/v3:Release"), item =>
        {
            Assert.Null(item.Resource.At("values", "admin", "type"));
            Assert.Null(item.Resource.At("values", "manager", "type"));
        });

    /// <summary>Limits: the services' API references. Pulumi adds a dash and seven digits where it makes the name.</summary>
    [Theory]
    [InlineData("aws:iam/role:Role", "name", 64)]
    [InlineData("aws:ec2/securityGroup:SecurityGroup", "name", 255)]
    [InlineData("aws:ec2/launchTemplate:LaunchTemplate", "name", 128)]
    [InlineData("aws:eks/nodeGroup:NodeGroup", "nodeGroupName", 63)]
    [InlineData("aws:eks/cluster:Cluster", "name", 100)]
    [InlineData("aws:rds/cluster:Cluster", "clusterIdentifier", 63)]
    [InlineData("aws:rds/clusterInstance:ClusterInstance", "identifier", 63)]
    [InlineData("aws:elasticache/replicationGroup:ReplicationGroup", "replicationGroupId", 40)]
    [InlineData("aws:elasticache/user:User", "userId", 40)]
    [InlineData("aws:opensearch/domain:Domain", "domainName", 28)]
    [InlineData("aws:cognito/userPoolDomain:UserPoolDomain", "domain", 63)]
    [InlineData("aws:cloudwatch/logGroup:LogGroup", "name", 512)]
    [InlineData("aws:rolesanywhere/trustAnchor:TrustAnchor", "name", 255)]
    public void Names_fit_awss_limits(string type, string property, int limit)
    {
        foreach (var environment in new[] { "dev", "prod" })
        {
            // The longest environment name has 8 characters.
            var room = 8 - environment.Length;
            Assert.All(environments.OfType(environment, type), item =>
            {
                var length = item.Resource.At(property) is string given ? given.Length + room : item.Resource.Name.Length + 8;
                Assert.True(length <= limit, $"{item.Resource.Key}: {length} characters, {limit} allowed");
            });
        }
    }

    [Theory]
    [InlineData("dev", 11)]
    [InlineData("prod", 19)]
    public void Alarms_watch_the_database_every_cache_node_and_the_search_domain(string environment, int count)
    {
        var alarms = environments.OfType(environment, "aws:cloudwatch/metricAlarm:MetricAlarm").ToArray();
        Assert.Equal(count, alarms.Length);
        Assert.All(alarms, item => Assert.Equal(environments[environment].Stacks[1].Outputs["alarmTopicArn"], item.Resource.At("alarmActions", "0")));
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
