using Hybrid.Infra.Validation;
using Pulumi;

namespace Hybrid.Infra.Certificates;

public sealed record ExpiryAlarmArgs
{
    public required CertificateMaterial Certificate { get; init; }

    /// <summary>What people call it.</summary>
    public required string Subject { get; init; }

    /// <summary>Days before its end at which it must have been renewed, 1 to 365.</summary>
    public required int Days { get; init; }

    public required Input<string> TopicArn { get; init; }

    internal void Validate() => Check.InRange(Days, 1, 365, "days");
}
