namespace Gateway.DataPlane.Dns;

/// <summary>The types that are asked for or read (RFC 1035, 3596, 2782, 6891).</summary>
internal enum DnsRecordType : ushort
{
    A = 1,
    Cname = 5,
    Soa = 6,
    Aaaa = 28,
    Srv = 33,
    Opt = 41,
}
