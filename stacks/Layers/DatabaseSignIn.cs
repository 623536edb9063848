using System.Collections.Immutable;
using Gateway.Settings;
using Hybrid.Infra.Gateway;
using Hybrid.Infra.Iam;
using Hybrid.Stacks.References;
using Pulumi;

namespace Hybrid.Stacks.Layers;

/// <summary>
/// How the control plane signs in to Aurora: with the master user's password, which AWS keeps and rotates, or by IAM as a user of its own, with no password anywhere.
/// </summary>
/// <param name="user">The database user that has the role <c>rds_iam</c>; null for the master user with its password.</param>
internal sealed class DatabaseSignIn(PlatformOutputs platform, string region, string accountId, string? user)
{
    private MountedSecret? _password;

    /// <summary>What the pods need of AWS for it, and nothing of the other way.</summary>
    public ImmutableArray<Statement> Statements => user is null
        ? [new Statement { Sid = "ReadDatabasePassword", Actions = ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"], Resources = [platform.DatabaseSecretArn] }]
        : [new Statement { Sid = "SignInToDatabase", Actions = ["rds-db:connect"], Resources = [Output.Format($"arn:aws:rds-db:{region}:{accountId}:dbuser:{platform.DatabaseResourceId}/{user}")] }];

    public object[] Volumes => _password?.Volumes ?? [];

    public object[] VolumeMounts => _password?.VolumeMounts ?? [];

    /// <summary>What the release waits for.</summary>
    public IEnumerable<Resource> Make(Input<string> home, ComponentResourceOptions options)
    {
        if (user is not null)
        {
            return [];
        }

        _password = new MountedSecret("database-password", new MountedSecretArgs
        {
            Namespace = home,
            ClassName = "database",
            Region = region,
            SecretArn = platform.DatabaseSecretArn,
            Members = ["password"],
        }, options);
        return [_password];
    }

    public PodSettings Settings(PodSettings settings) => _password is { } password
        ? settings.With(SettingNames.PgUser, platform.DatabaseUser).WithSecretFile(SettingNames.PgPassword, password.FileOf("password"))
        : settings.With(SettingNames.PgUser, user!).With(SettingNames.PgIamAuth, "on").With(SettingNames.PgIamRegion, region);
}
