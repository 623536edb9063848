namespace Gateway.DataPlane.Forwarding.Http1;

/// <summary>How the end of a response's body is told (RFC 9112, section 6.3).</summary>
internal enum BodyFraming
{
    None,
    Length,
    Chunked,

    /// <summary>By the connection's end.</summary>
    Close,
}
