namespace Gateway.ControlPlane.Sites.Certificates;

/// <summary>A certificate that is refused. The time is Unix time in whole seconds.</summary>
internal sealed record RevocationRecord(string SerialNumber, string? Reason, long RevokedAt);
