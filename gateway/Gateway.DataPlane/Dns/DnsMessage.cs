namespace Gateway.DataPlane.Dns;

/// <summary>A response, read.</summary>
/// <param name="IsTruncated">The rest is to be had over TCP.</param>
/// <param name="Answers">The answer section.</param>
/// <param name="AbsenceLife">How long it holds, in seconds, that there is nothing; null where the response does not say.</param>
internal sealed record DnsMessage(DnsResponseCode Code, bool IsTruncated, IReadOnlyList<DnsRecord> Answers, uint? AbsenceLife);
