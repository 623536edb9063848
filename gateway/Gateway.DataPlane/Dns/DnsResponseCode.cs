namespace Gateway.DataPlane.Dns;

/// <summary>RFC 1035, section 4.1.1. Others are treated as the server's failure.</summary>
internal enum DnsResponseCode
{
    NoError = 0,
    FormatError = 1,
    ServerFailure = 2,
    NameError = 3,
    NotImplemented = 4,
    Refused = 5,
}
