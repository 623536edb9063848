using Hybrid.Infra.Validation;

namespace Hybrid.Infra.Security;

public sealed record EncryptionKeysArgs
{
    public required string AccountId { get; init; }

    public required string Region { get; init; }

    /// <summary>The prefix of the keys' aliases, such as <c>hybrid-prod</c>.</summary>
    public required string AliasPrefix { get; init; }

    /// <summary>Days until a deleted key is gone, 7 to 30 (AWS's limits).</summary>
    public int DeletionWindow { get; init; } = 30;

    /// <summary>Days between rotations, 90 to 2560 (AWS's limits).</summary>
    public int RotationPeriod { get; init; } = 365;

    public bool Protect { get; init; } = true;

    internal void Validate()
    {
        Check.AccountId(AccountId, "accountId");
        Check.InRange(DeletionWindow, 7, 30, "deletionWindow");
        Check.InRange(RotationPeriod, 90, 2560, "rotationPeriod");
        Check.Slug(AliasPrefix, 40, "aliasPrefix");
    }
}
