namespace Gateway.DataPlane.Tests.Hosting.Support;

/// <summary>How requests pass through: all ways must behave the same.</summary>
public enum Way
{
    /// <summary>The default: own event loops, own client.</summary>
    EventLoops,

    /// <summary>Own client over .NET's sockets.</summary>
    GeneralSockets,

    /// <summary>The general client, clients over own event loops.</summary>
    GeneralClient,
}
