using System.Collections.Immutable;
using Hybrid.Infra.Iam;
using Pulumi;
using Pulumi.Aws.Kms;

namespace Hybrid.Infra.Security;

/// <summary>The environment's KMS keys, one for each purpose, rotated by AWS.</summary>
public sealed class EncryptionKeys : AreaComponent
{
    private readonly EncryptionKeysArgs _args;

    public EncryptionKeys(string name, EncryptionKeysArgs args, ComponentResourceOptions options)
        : base("security:EncryptionKeys", name, options)
    {
        _args = args;
        args.Validate();
        Arns = Enum.GetValues<KeyPurpose>().ToImmutableDictionary(purpose => purpose, Create);
        RegisterOutputs(Arns.ToDictionary(key => $"{Slug(key.Key)}KeyArn", key => (object?)key.Value, StringComparer.Ordinal));
    }

    public ImmutableDictionary<KeyPurpose, Output<string>> Arns { get; }

    private static string Slug(KeyPurpose purpose) => purpose.ToString().ToLowerInvariant();

    private Output<string> Create(KeyPurpose purpose)
    {
        var slug = Slug(purpose);
        var key = new Key(ChildName(slug), new KeyArgs
        {
            Description = $"{_args.AliasPrefix}: {slug}",
            KeyUsage = "ENCRYPT_DECRYPT",
            EnableKeyRotation = true,
            RotationPeriodInDays = _args.RotationPeriod,
            DeletionWindowInDays = _args.DeletionWindow,
            Policy = PolicyDocument.Of([.. Statements(purpose)]),
        }, Stateful(_args.Protect));
        _ = new Pulumi.Aws.Kms.Alias(ChildName(slug), new AliasArgs { Name = $"alias/{_args.AliasPrefix}-{slug}", TargetKeyId = key.Id }, Child());
        return key.Arn;
    }

    private IEnumerable<Statement> Statements(KeyPurpose purpose)
    {
        yield return new Statement
        {
            Sid = "AccountAdministers",
            Actions = ["kms:*"],
            Resources = ["*"],
            Principal = Statement.Account(_args.AccountId),
        };
        ImmutableArray<string> use = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"];
        switch (purpose)
        {
            case KeyPurpose.Logs:
                yield return new Statement
                {
                    Sid = "LogsUse",
                    Actions = use,
                    Resources = ["*"],
                    Principal = Statement.Service($"logs.{_args.Region}.amazonaws.com"),
                    Conditions = [new("ArnLike", "kms:EncryptionContext:aws:logs:arn", $"arn:aws:logs:{_args.Region}:{_args.AccountId}:*")],
                };
                break;
            case KeyPurpose.Alarms:
                yield return new Statement
                {
                    Sid = "AlarmsPublish",
                    Actions = ["kms:Decrypt", "kms:GenerateDataKey*"],
                    Resources = ["*"],
                    Principal = Statement.Service("cloudwatch.amazonaws.com"),
                    Conditions = [new("StringEquals", "aws:SourceAccount", _args.AccountId)],
                };
                break;
            case KeyPurpose.Nodes:
                // The service-linked role that starts the nodes attaches their encrypted volumes.
                yield return new Statement
                {
                    Sid = "AutoScalingUses",
                    Actions = use,
                    Resources = ["*"],
                    Principal = ("AWS", $"arn:aws:iam::{_args.AccountId}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling"),
                };
                yield return new Statement
                {
                    Sid = "AutoScalingGrants",
                    Actions = ["kms:CreateGrant"],
                    Resources = ["*"],
                    Principal = ("AWS", $"arn:aws:iam::{_args.AccountId}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling"),
                    Conditions = [new("Bool", "kms:GrantIsForAWSResource", "true")],
                };
                break;
        }
    }
}
