namespace Gateway.Tunnel.Enrollment;

/// <param name="Due">When the certificate is renewed next; null where it is renewed elsewhere.</param>
/// <param name="Problem">Why the last attempt failed; null where it did not.</param>
public sealed record RenewalStatus(DateTimeOffset? Due, string? Problem);
