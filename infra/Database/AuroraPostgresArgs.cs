using System.Text.RegularExpressions;
using Hybrid.Infra.Validation;
using Pulumi;

namespace Hybrid.Infra.Database;

public sealed partial record AuroraPostgresArgs
{
    /// <summary>Whose database it is: the monitoring role is for it alone.</summary>
    public required string AccountId { get; init; }

    /// <summary>The cluster's identifier, at most 40 characters here: names of snapshots and logs add to it (RDS: 63).</summary>
    public required string Identifier { get; init; }

    public required Input<string> VpcId { get; init; }

    /// <summary>Isolated subnets in at least two zones.</summary>
    public required InputList<string> SubnetIds { get; init; }

    /// <summary>Whose connections are let in: the cluster's nodes and pods.</summary>
    public required Input<string> ClientSecurityGroupId { get; init; }

    public required Input<string> KeyArn { get; init; }

    public required Input<string> LogsKeyArn { get; init; }

    /// <summary>Days.</summary>
    public int LogRetention { get; init; } = 365;

    /// <summary>Aurora's version, such as 17.5.</summary>
    public required string EngineVersion { get; init; }

    public string DatabaseName { get; init; } = "gateway";

    /// <summary>Not the gateway's own user: it owns the schema and rotates.</summary>
    public string MasterUsername { get; init; } = "gateway_owner";

    /// <summary>Aurora capacity units, in halves, 0.5 to 256.</summary>
    public required double MinCapacity { get; init; }

    public required double MaxCapacity { get; init; }

    /// <summary>1 to 15; from two on, one zone's loss is a fail-over.</summary>
    public required int Instances { get; init; }

    /// <summary>Days, 1 to 35 (AWS's limits).</summary>
    public required int BackupRetention { get; init; }

    public bool Protect { get; init; } = true;

    internal string Family => $"aurora-postgresql{EngineVersion.Split('.')[0]}";

    internal void Validate()
    {
        Check.AccountId(AccountId, "accountId");
        Check.Slug(Identifier, 40, "identifier");
        Check.LogRetention(LogRetention, "logRetention");
        Check.Matches(EngineVersion, VersionPattern(), "engineVersion", "15.x to 17.x, with its minor version");
        Check.Matches(DatabaseName, NamePattern(), "databaseName", "a letter, then letters, digits and _, at most 63");
        Check.Matches(MasterUsername, NamePattern(), "masterUsername", "a letter, then letters, digits and _, at most 63");
        Check.That(MasterUsername is not ("rdsadmin" or "postgres" or "admin"), "masterUsername", $"'{MasterUsername}' is reserved or guessed", "another name");
        Check.InRange(MinCapacity, 0.5, 256, "minCapacity");
        Check.InRange(MaxCapacity, Math.Max(1, MinCapacity), 256, "maxCapacity");
        Check.That(MinCapacity % 0.5 == 0 && MaxCapacity % 0.5 == 0, "minCapacity, maxCapacity", "not in halves", "0.5, 1, 1.5, …");
        Check.InRange(Instances, 1, 15, "instances");
        Check.InRange(BackupRetention, 1, 35, "backupRetention");
    }

    [GeneratedRegex(@"^1[5-7]\.\d{1,2}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex VersionPattern();

    [GeneratedRegex("^[a-z][a-z0-9_]{0,62}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NamePattern();
}
