namespace Gateway.DataPlane.Forwarding.Http1;

/// <summary>What a response's header field is for.</summary>
internal enum HeaderRole
{
    /// <summary>For the client.</summary>
    EndToEnd,

    /// <summary>For this hop alone (RFC 9110, section 7.6.1).</summary>
    Hop,
    Connection,
    ContentLength,
    TransferEncoding,
}
