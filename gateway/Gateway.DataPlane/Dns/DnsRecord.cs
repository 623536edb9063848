using System.Net;

namespace Gateway.DataPlane.Dns;

/// <summary>A record of a type that is read.</summary>
/// <param name="Owner">Without the last dot, in lower case.</param>
/// <param name="Life">Seconds. For an SOA record: how long an absence is valid (RFC 2308, section 5).</param>
internal sealed record DnsRecord(string Owner, DnsRecordType Type, uint Life)
{
    /// <summary>Of an A or AAAA record.</summary>
    public IPAddress? Address { get; init; }

    /// <summary>Of a CNAME or SRV record, as <see cref="Owner"/>.</summary>
    public string Target { get; init; } = "";

    /// <summary>Of an SRV record; the lowest is to be used.</summary>
    public ushort Priority { get; init; }

    /// <inheritdoc cref="Priority"/>
    public ushort Weight { get; init; }

    /// <inheritdoc cref="Priority"/>
    public ushort Port { get; init; }
}
