using System.Collections.Immutable;

namespace Hybrid.Stacks.Policies.Rules;

/// <summary>Names that the services would refuse, found before anything is created. The limits are the services' own.</summary>
internal static class NameRules
{
    /// <summary>Letters, digits and single hyphens, a letter first and no hyphen last: what RDS and ElastiCache call an identifier.</summary>
    private const string Identifier = "[A-Za-z](?:-?[A-Za-z0-9])*";

    private const string IdentifierInWords = "a letter, then letters, digits and single hyphens, no hyphen last";

    public static readonly ImmutableArray<NameLimit> Limits =
    [
        new("name-iam-role", "an IAM role", ResourceTypes.Role, "name", 1, 64, @"[\w+=,.@-]+", "letters, digits and _+=,.@-", Api("AWS IAM API Reference", "CreateRole", "IAM/latest/APIReference/API_CreateRole.html")),
        new("name-iam-role-policy", "a role's inline policy", ResourceTypes.RolePolicy, "name", 1, 128, @"[\w+=,.@-]+", "letters, digits and _+=,.@-", Api("AWS IAM API Reference", "PutRolePolicy", "IAM/latest/APIReference/API_PutRolePolicy.html")),
        new("name-eks-cluster", "an EKS cluster", ResourceTypes.EksCluster, "name", 1, 100, "[0-9A-Za-z][A-Za-z0-9_-]*", "a letter or digit, then letters, digits, _ and -", Api("Amazon EKS API Reference", "CreateCluster", "eks/latest/APIReference/API_CreateCluster.html")),
        new("name-eks-node-group", "a node group", ResourceTypes.EksNodeGroup, "nodeGroupName", 1, 63, "[0-9A-Za-z][A-Za-z0-9_-]*", "a letter or digit, then letters, digits, _ and -", Api("Amazon EKS API Reference", "CreateNodegroup", "eks/latest/APIReference/API_CreateNodegroup.html")),
        new("name-launch-template", "a launch template", ResourceTypes.LaunchTemplate, "name", 3, 128, @"[a-zA-Z0-9().\-/_]+", "letters, digits and ()./_-", Api("Amazon EC2 API Reference", "CreateLaunchTemplate", "AWSEC2/latest/APIReference/API_CreateLaunchTemplate.html")),
        new("name-security-group", "a security group", ResourceTypes.SecurityGroup, "name", 1, 255, @"(?!sg-)[a-zA-Z0-9 ._\-:/()#,@\[\]+=&;{}!$*]+", "not sg- first; letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*", Api("Amazon EC2 API Reference", "CreateSecurityGroup", "AWSEC2/latest/APIReference/API_CreateSecurityGroup.html")),
        new("name-rds-cluster", "a database cluster", ResourceTypes.DatabaseCluster, "clusterIdentifier", 1, 63, Identifier, IdentifierInWords, Api("Amazon RDS API Reference", "CreateDBCluster", "AmazonRDS/latest/APIReference/API_CreateDBCluster.html")),
        new("name-rds-instance", "a database instance", ResourceTypes.DatabaseInstance, "identifier", 1, 63, Identifier, IdentifierInWords, Api("Amazon RDS API Reference", "CreateDBInstance", "AmazonRDS/latest/APIReference/API_CreateDBInstance.html")),
        new("name-rds-parameter-group", "a database's parameter group", ResourceTypes.DatabaseParameters, "name", 1, 255, "[a-z](?:-?[a-z0-9])*", "a letter, then a-z, digits and single hyphens, no hyphen last", Api("Amazon RDS API Reference", "CreateDBClusterParameterGroup", "AmazonRDS/latest/APIReference/API_CreateDBClusterParameterGroup.html")),
        new("name-rds-subnet-group", "a database's subnet group", ResourceTypes.DatabaseSubnetGroup, "name", 1, 255, @"(?!default$)[a-z][a-z0-9._ -]*", "a letter, then a-z, digits, spaces and ._-; not default", Api("Amazon RDS API Reference", "CreateDBSubnetGroup", "AmazonRDS/latest/APIReference/API_CreateDBSubnetGroup.html")),
        new("name-cache-group", "a replication group", ResourceTypes.CacheGroup, "replicationGroupId", 1, 40, Identifier, IdentifierInWords, Api("Amazon ElastiCache API Reference", "CreateReplicationGroup", "AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html")),
        new("name-cache-subnet-group", "a cache's subnet group", ResourceTypes.CacheSubnetGroup, "name", 1, 255, "[A-Za-z0-9-]+", "letters, digits and hyphens", Api("Amazon ElastiCache API Reference", "CreateCacheSubnetGroup", "AmazonElastiCache/latest/APIReference/API_CreateCacheSubnetGroup.html")),
        new("name-cache-user", "a cache's user", ResourceTypes.CacheUser, "userId", 1, null, "[a-zA-Z][a-zA-Z0-9-]*", "a letter, then letters, digits and hyphens", Api("Amazon ElastiCache API Reference", "CreateUser", "AmazonElastiCache/latest/APIReference/API_CreateUser.html")),
        new("name-cache-user-group", "a cache's user group", ResourceTypes.CacheUserGroup, "userGroupId", 1, null, "[a-z][a-z0-9-]*", "a letter, then a-z, digits and hyphens", PolicySource.Aws("AWS CloudFormation User Guide", "AWS::ElastiCache::UserGroup: UserGroupId", "AWSCloudFormation/latest/UserGuide/aws-resource-elasticache-usergroup.html")),
        new("name-search-domain", "a search domain", ResourceTypes.SearchDomain, "domainName", 3, 28, "[a-z][a-z0-9-]+", "a letter, then a-z, digits and hyphens", Api("Amazon OpenSearch Service API Reference", "CreateDomain", "opensearch-service/latest/APIReference/API_CreateDomain.html")),
        new("name-cognito-domain", "a sign-in domain", ResourceTypes.UserPoolDomain, "domain", 1, 63, "(?!.*(?:aws|amazon|cognito))[a-z0-9](?:[a-z0-9-]*[a-z0-9])?", "a-z, digits and hyphens inside; without aws, amazon and cognito", Api("Amazon Cognito API Reference", "CreateUserPoolDomain", "cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolDomain.html")),
        new("name-user-pool", "a user pool", ResourceTypes.UserPool, "name", 1, 128, @"[\w\s+=,.@-]+", "letters, digits, spaces and _+=,.@-", Api("Amazon Cognito API Reference", "CreateUserPool", "cognito-user-identity-pools/latest/APIReference/API_CreateUserPool.html")),
        new("name-user-pool-client", "an app client", ResourceTypes.UserPoolClient, "name", 1, 128, @"[\w\s+=,.@-]+", "letters, digits, spaces and _+=,.@-", Api("Amazon Cognito API Reference", "CreateUserPoolClient", "cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolClient.html")),
        new("name-kms-alias", "a key's alias", ResourceTypes.KmsAlias, "name", 7, 256, "(?!alias/aws/)alias/[a-zA-Z0-9/_-]+", "alias/, then letters, digits and /_-; not alias/aws/", Api("AWS KMS API Reference", "CreateAlias", "kms/latest/APIReference/API_CreateAlias.html")) { GeneratedPrefix = "alias/" },
        new("name-log-group", "a log group", ResourceTypes.LogGroup, "name", 1, 512, @"(?!aws/)[.\-_/#A-Za-z0-9]+", "letters, digits and ._-/#; not aws/ first", Api("Amazon CloudWatch Logs API Reference", "CreateLogGroup", "AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html")),
        new("name-alarm", "an alarm", ResourceTypes.Alarm, "name", 1, 255, @"[\x20-\x7e]+", "printable ASCII", Api("Amazon CloudWatch API Reference", "PutMetricAlarm", "AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html")),
        new("name-dashboard", "a dashboard", ResourceTypes.Dashboard, "dashboardName", 1, 255, "[A-Za-z0-9_-]+", "letters, digits, _ and -", Api("Amazon CloudWatch API Reference", "PutDashboard", "AmazonCloudWatch/latest/APIReference/API_PutDashboard.html")),
        new("name-topic", "a topic", ResourceTypes.Topic, "name", 1, 256, "[A-Za-z0-9_-]+", "letters, digits, _ and -", Api("Amazon SNS API Reference", "CreateTopic", "sns/latest/api/API_CreateTopic.html")),
        new("name-registry", "a repository", ResourceTypes.Registry, "name", 2, 256, "(?:[a-z0-9]+(?:[._-][a-z0-9]+)*/)*[a-z0-9]+(?:[._-][a-z0-9]+)*", "a-z and digits, joined by single ._-/", Api("Amazon ECR API Reference", "CreateRepository", "AmazonECR/latest/APIReference/API_CreateRepository.html")),
        new("name-trust-anchor", "a trust anchor", ResourceTypes.RolesAnywhereTrustAnchor, "name", 1, 255, "[ a-zA-Z0-9_-]+", "letters, digits, spaces, _ and -", Api("IAM Roles Anywhere API Reference", "CreateTrustAnchor", "rolesanywhere/latest/APIReference/API_CreateTrustAnchor.html")),
        new("name-roles-anywhere-profile", "a profile", ResourceTypes.RolesAnywhereProfile, "name", 1, 255, "[ a-zA-Z0-9_-]+", "letters, digits, spaces, _ and -", Api("IAM Roles Anywhere API Reference", "CreateProfile", "rolesanywhere/latest/APIReference/API_CreateProfile.html")),
        new("name-kubernetes-namespace", "a namespace", ResourceTypes.KubernetesNamespace, "metadata.name", 1, 63, "[a-z0-9](?:[a-z0-9-]*[a-z0-9])?", "a-z, digits and hyphens inside", PolicySource.Kubernetes("Object Names and IDs: RFC 1123 Label Names", "concepts/overview/working-with-objects/names/")),
        new("name-kubernetes-secret", "a Kubernetes secret", ResourceTypes.KubernetesSecret, "metadata.name", 1, 253, @"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?", "a-z, digits, dots and hyphens inside", PolicySource.Kubernetes("Object Names and IDs: DNS Subdomain Names", "concepts/overview/working-with-objects/names/")),
        new("name-release", "a Helm release", ResourceTypes.HelmRelease, "name", 1, 53, @"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?", "a-z, digits, dots and hyphens inside", new("Helm documentation", "Chart template guide: release names are limited to 53 characters", "https://helm.sh/docs/chart_template_guide/getting_started/")),
    ];

    public static readonly ImmutableArray<PolicyRule> All = [.. Limits.Select(limit => limit.Rule())];

    private static PolicySource Api(string guide, string operation, string page) => PolicySource.Aws(guide, operation, page);
}
