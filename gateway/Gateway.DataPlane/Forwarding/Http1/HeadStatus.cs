namespace Gateway.DataPlane.Forwarding.Http1;

internal enum HeadStatus
{
    /// <summary>More has to be read.</summary>
    Incomplete,
    Complete,

    /// <summary>What came is no response that may be passed on.</summary>
    Invalid,
}
