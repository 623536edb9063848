using System.Collections.Immutable;

namespace Hybrid.Stacks.Policies.Rules;

/// <summary>How people and programs sign in: to the cluster, the database, the cache, the search domain, the gateway.</summary>
internal static class SignInRules
{
    public static readonly ImmutableArray<PolicyRule> All =
    [
        new()
        {
            Id = "eks-access-entries-only",
            Title = "Access to the cluster comes from access entries only, and its creator gets none by itself",
            Area = PolicyArea.Access,
            Source = PolicySource.Aws("Amazon EKS Best Practices Guide", "Cluster access management", "eks/latest/best-practices/identity-and-access-management.html"),
            Types = [ResourceTypes.EksCluster],
            Check = cluster => [.. cluster["accessConfig.authenticationMode"].IsOneOf("API"), .. cluster["accessConfig.bootstrapClusterCreatorAdminPermissions"].IsFalse()],
        },
        new()
        {
            Id = "rds-iam-authentication",
            Title = "The database takes IAM's short-lived credentials",
            Area = PolicyArea.Access,
            Source = PolicySource.SecurityHub("RDS.12"),
            Types = [ResourceTypes.DatabaseCluster],
            Check = cluster => cluster["iamDatabaseAuthenticationEnabled"].IsTrue(),
        },
        new()
        {
            Id = "rds-administrator-name",
            Title = "The database's administrator is not called what everyone guesses",
            Area = PolicyArea.Access,
            Source = PolicySource.SecurityHub("RDS.24"),
            Types = [ResourceTypes.DatabaseCluster],
            Check = cluster => cluster["masterUsername"].IsText(name => name is not ("" or "postgres" or "admin"), "a name of ours"),
        },
        new()
        {
            Id = "rds-password-managed",
            Title = "RDS makes, keeps and rotates the administrator's password",
            Area = PolicyArea.Access,
            Source = PolicySource.Aws("Amazon Aurora User Guide", "Password management with Amazon Aurora and AWS Secrets Manager", "AmazonRDS/latest/AuroraUserGuide/rds-secrets-manager.html"),
            Types = [ResourceTypes.DatabaseCluster],
            Check = cluster =>
            [
                .. cluster["manageMasterUserPassword"].IsTrue(),
                .. cluster["masterPassword"].That(cluster["masterPassword"].IsMissing, "not set"),
                .. cluster["masterUserSecretKmsKeyId"].IsSet("the ARN of a key of ours"),
            ],
        },
        new()
        {
            Id = "cache-users",
            Title = "The cache lets in its users only",
            Area = PolicyArea.Access,
            Source = PolicySource.Aws("Amazon ElastiCache User Guide", "Role-Based Access Control (RBAC)", "AmazonElastiCache/latest/dg/Clusters.RBAC.html"),
            Types = [ResourceTypes.CacheGroup],
            Check = group => group["userGroupIds"].IsList(groups => groups.Count > 0, "a user group of ours"),
        },
        new()
        {
            Id = "cache-user-limited",
            Title = "A user of the cache signs in with IAM and may not administer it",
            Area = PolicyArea.Access,
            Source = PolicySource.Aws("Amazon ElastiCache User Guide", "Authenticating with IAM", "AmazonElastiCache/latest/dg/auth-iam.html"),
            Types = [ResourceTypes.CacheUser],
            Check = user =>
            [
                .. user["authenticationMode.type"].IsOneOf("iam"),
                .. user["accessString"].IsText(
                    text => !text.Contains("+@all", StringComparison.Ordinal) || (text.Contains("-@admin", StringComparison.Ordinal) && text.Contains("-@dangerous", StringComparison.Ordinal)),
                    "without the categories admin and dangerous"),
            ],
        },
        new()
        {
            Id = "cache-user-same-id",
            Title = "A user of the cache that signs in with IAM is called as its id, in lower case",
            Area = PolicyArea.Access,
            Source = PolicySource.Aws("Amazon ElastiCache User Guide", "Authenticating with IAM: limitations", "AmazonElastiCache/latest/dg/auth-iam.html"),
            Types = [ResourceTypes.CacheUser],
            Check = user => user["authenticationMode.type"].Text is "iam"
                ? user["userName"].IsText(name => string.Equals(name, user["userId"].Text, StringComparison.Ordinal) && !name.Any(char.IsUpper), $"{user["userId"].Shown}, in lower case")
                : [],
        },
        new()
        {
            Id = "search-fine-grained",
            Title = "The search domain knows who asks, from IAM, and lets in nobody else",
            Area = PolicyArea.Access,
            Source = PolicySource.SecurityHub("Opensearch.7"),
            Types = [ResourceTypes.SearchDomain],
            Check = domain =>
            [
                .. domain["advancedSecurityOptions.enabled"].IsTrue(),
                .. domain["advancedSecurityOptions.anonymousAuthEnabled"].IsNotTrue(),
                .. domain["advancedSecurityOptions.internalUserDatabaseEnabled"].IsNotTrue(),
            ],
        },
        new()
        {
            Id = "cognito-second-factor",
            Title = "Users sign in with a second factor",
            Area = PolicyArea.Access,
            Source = PolicySource.SecurityHub("Cognito.5"),
            Types = [ResourceTypes.UserPool],
            Check = pool => pool["mfaConfiguration"].IsOneOf("ON"),
        },
        new()
        {
            Id = "cognito-passwords",
            Title = "Passwords are long, mixed and temporary ones short-lived",
            Area = PolicyArea.Access,
            Source = PolicySource.SecurityHub("Cognito.3"),
            Types = [ResourceTypes.UserPool],
            Check = pool =>
            [
                .. pool["passwordPolicy.minimumLength"].IsWithin(12, 99),
                .. pool["passwordPolicy.requireLowercase"].IsTrue(),
                .. pool["passwordPolicy.requireUppercase"].IsTrue(),
                .. pool["passwordPolicy.requireNumbers"].IsTrue(),
                .. pool["passwordPolicy.temporaryPasswordValidityDays"].IsWithin(1, 7),
            ],
        },
        new()
        {
            Id = "cognito-threat-protection",
            Title = "Compromised passwords and unusual sign-ins are acted on",
            Area = PolicyArea.Access,
            Source = PolicySource.SecurityHub("Cognito.1"),
            Types = [ResourceTypes.UserPool],
            Check = pool => pool["userPoolAddOns.advancedSecurityMode"].IsOneOf("ENFORCED"),
        },
        new()
        {
            Id = "cognito-no-implicit-grant",
            Title = "App clients use the code and client credentials grants, with a secret",
            Area = PolicyArea.Access,
            Source = new("RFC 9700: Best Current Practice for OAuth 2.0 Security", "2.1.2 Implicit Grant", "https://www.rfc-editor.org/rfc/rfc9700#section-2.1.2"),
            Types = [ResourceTypes.UserPoolClient],
            Check = client =>
            [
                .. client["allowedOauthFlows"].IsList(flows => flows.All(flow => flow.Text is "code" or "client_credentials"), "code or client_credentials"),
                .. client["generateSecret"].IsTrue(),
            ],
        },
        new()
        {
            Id = "cognito-https-callbacks",
            Title = "Sign-in returns over HTTPS to addresses without placeholders",
            Area = PolicyArea.Access,
            Source = new("RFC 9700: Best Current Practice for OAuth 2.0 Security", "4.1 Insufficient Redirection URI Validation", "https://www.rfc-editor.org/rfc/rfc9700#section-4.1"),
            Types = [ResourceTypes.UserPoolClient],
            Check = client => client["callbackUrls"].Items.Concat(client["logoutUrls"].Items)
                .SelectMany(url => url.IsText(text => text.StartsWith("https://", StringComparison.Ordinal) && !text.Contains('*', StringComparison.Ordinal), "https://, without *")),
        },
        new()
        {
            Id = "cognito-no-user-enumeration",
            Title = "Sign-in does not tell which users there are",
            Area = PolicyArea.Access,
            Source = PolicySource.Aws("Amazon Cognito Developer Guide", "Managing user existence error responses", "cognito/latest/developerguide/cognito-user-pool-managing-errors.html"),
            Types = [ResourceTypes.UserPoolClient],
            Check = client => client["preventUserExistenceErrors"].IsOneOf("ENABLED"),
        },
    ];
}
