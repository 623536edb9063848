namespace Gateway.DataPlane.Forwarding.Http1;

internal enum ClientBodyOutcome
{
    /// <summary>The upstream has all of it.</summary>
    Sent,

    /// <summary>It is longer or shorter than the request says, which a plugin alone can bring about.</summary>
    LengthDiffers,
    UpstreamGone,
    ClientGone,

    /// <summary>The client sent nothing for <see cref="ExchangeLimits.ClientBody"/>.</summary>
    TooSlow,

    /// <summary>What the client sent is no body.</summary>
    Malformed,
}
