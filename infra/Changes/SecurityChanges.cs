using System.Collections.Immutable;
using static Hybrid.Infra.Changes.ChangeTable;

namespace Hybrid.Infra.Changes;

/// <summary>Keys, IAM, Cognito, secrets, and the AWS provider itself.</summary>
internal static class SecurityChanges
{
    public const string AwsProvider = "pulumi:providers:aws";

    public static ImmutableArray<ResourceRules> All { get; } =
    [
        // Another region means other resources; what carries that over to them is in the comparison, since the region is not among their inputs.
        new(AwsProvider, "https://hashicorp.github.io/terraform-provider-aws/enhanced-region-support/", ["region"]),
        Aws("kms/key:Key", "kms/key", "customKeyStoreId", "customerMasterKeySpec", "keyUsage", "multiRegion", "xksKeyId") with
        {
            Loses = "the key, and with it everything that it encrypts",
        },
        Aws("kms/alias:Alias", "kms/alias", "name", "namePrefix"),
        Aws("iam/role:Role", "iam/role", "name", "namePrefix", "path") with { IsGlobal = true },
        Aws("iam/rolePolicy:RolePolicy", "iam/role_policy", "name", "namePrefix", "role") with { IsGlobal = true },
        Aws("iam/rolePolicyAttachment:RolePolicyAttachment", "iam/role_policy_attachment", "policyArn", "role") with { IsGlobal = true },
        Aws("iam/policy:Policy", "iam/policy", "description", "name", "namePrefix", "path") with { IsGlobal = true },
        Aws("iam/instanceProfile:InstanceProfile", "iam/instance_profile", "name", "namePrefix", "path") with { IsGlobal = true },
        Aws("iam/openIdConnectProvider:OpenIdConnectProvider", "iam/openid_connect_provider", "url") with { IsGlobal = true },
        Aws("iam/serviceLinkedRole:ServiceLinkedRole", "iam/service_linked_role", "awsServiceName", "customSuffix") with { IsGlobal = true },
        Aws("rolesanywhere/trustAnchor:TrustAnchor", "rolesanywhere/trust_anchor"),
        Aws("rolesanywhere/profile:Profile", "rolesanywhere/profile"),
        Aws("cognito/userPool:UserPool", "cognitoidp/user_pool", "aliasAttributes", "name", "usernameAttributes", "usernameConfiguration") with
        {
            Loses = "every user with their password, and every token's issuer",
        },
        Aws("cognito/userPoolClient:UserPoolClient", "cognitoidp/user_pool_client", "generateSecret", "userPoolId"),
        Aws("cognito/userPoolDomain:UserPoolDomain", "cognitoidp/user_pool_domain", "domain", "userPoolId"),
        Aws("cognito/resourceServer:ResourceServer", "cognitoidp/resource_server", "identifier", "userPoolId"),
        Aws("cognito/userGroup:UserGroup", "cognitoidp/user_group", "name", "userPoolId"),
        Aws("cognito/identityProvider:IdentityProvider", "cognitoidp/identity_provider", "providerName", "providerType", "userPoolId"),
        Aws("cognito/riskConfiguration:RiskConfiguration", "cognitoidp/risk_configuration", "clientId", "userPoolId"),
        Aws("secretsmanager/secret:Secret", "secretsmanager/secret", "name", "namePrefix") with { Loses = "the secret's values, all versions" },
        Aws("secretsmanager/secretVersion:SecretVersion", "secretsmanager/secret_version", "secretBinary", "secretId", "secretString"),
        Aws("ssm/parameter:Parameter", "ssm/parameter", "name"),
    ];
}
