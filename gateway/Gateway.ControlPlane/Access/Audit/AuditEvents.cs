namespace Gateway.ControlPlane.Access.Audit;

/// <summary>What the audit log tells.</summary>
internal static class AuditEvents
{
    /// <summary>A request that writes, whatever came of it.</summary>
    public const string Write = "write";

    /// <summary>Nobody knows who it was.</summary>
    public const string AuthenticationFailed = "authentication_failed";

    /// <summary>From here on failures of this address are not recorded one by one, until it has waited.</summary>
    public const string Throttled = "throttled";

    /// <summary>A known principal asked for what its role does not allow.</summary>
    public const string Denied = "denied";
}
