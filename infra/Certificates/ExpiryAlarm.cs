using Pulumi;
using Pulumi.Aws.Acm;
using Pulumi.Aws.CloudWatch;

namespace Hybrid.Infra.Certificates;

/// <summary>
/// Tells in time that a certificate was not renewed. A copy of it in ACM has CloudWatch count the days that are left (<c>DaysToExpiry</c>, twice a day), and has AWS Health speak up 45 days before: nothing of ours
/// needs to run for it. That <c>early_renewal_hours</c> renews on <c>up</c> only is why somebody has to be told.
/// </summary>
public sealed class ExpiryAlarm : AreaComponent
{
    private const int Day = 86_400;

    public ExpiryAlarm(string name, ExpiryAlarmArgs args, ComponentResourceOptions options)
        : base("certificates:ExpiryAlarm", name, options)
    {
        args.Validate();
        var copy = new Certificate(ChildName("copy"), new CertificateArgs
        {
            CertificateBody = args.Certificate.Certificate,
            PrivateKey = args.Certificate.PrivateKey,
            CertificateChain = args.Certificate.CaBundle,
            Tags = new InputMap<string> { ["Name"] = name },
        }, Child());
        var alarm = new MetricAlarm(ChildName("days"), new MetricAlarmArgs
        {
            AlarmDescription = $"The certificate {args.Subject} ends in less than {args.Days} days and was not renewed: run ./hybrid up for the control plane's layer, then for the data planes'",
            Namespace = "AWS/CertificateManager",
            MetricName = "DaysToExpiry",
            Dimensions = new InputMap<string> { ["CertificateArn"] = copy.Arn },
            Statistic = "Minimum",
            ComparisonOperator = "LessThanThreshold",
            Threshold = args.Days,
            Period = Day,
            EvaluationPeriods = 1,
            TreatMissingData = "missing",
            AlarmActions = { args.TopicArn },
            OkActions = { args.TopicArn },
        }, Child());

        AlarmArn = alarm.Arn;
        RegisterOutputs(new Dictionary<string, object?>(StringComparer.Ordinal) { ["alarmArn"] = AlarmArn });
    }

    public Output<string> AlarmArn { get; }
}
