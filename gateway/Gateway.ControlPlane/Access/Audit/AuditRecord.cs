namespace Gateway.ControlPlane.Access.Audit;

/// <summary>One request that changed something, or was refused. Never its body.</summary>
/// <param name="Id">Grows with time (UUID version 7).</param>
/// <param name="Event">One of <see cref="AuditEvents"/>.</param>
/// <param name="Principal">Null where nobody knows who it was.</param>
/// <param name="Path">Without the query, and with secrets in it masked.</param>
/// <param name="Revision">The revision that it made; null where it made none.</param>
/// <param name="Reason">Why it was refused; null where it was not.</param>
internal sealed record AuditRecord(
    Guid Id, DateTimeOffset Time, string Event, string? Principal, string? SourceAddress, string Method, string Path, int Status, long? Revision, string? Reason);
