using System.Net;
using Microsoft.Extensions.Logging;

namespace Gateway.DataPlane.Hosting;

internal static partial class HostingLog
{
    [LoggerMessage(3701, LogLevel.Information, "Not ready any more, serving on for {Delay} with {Connections} connections")]
    public static partial void Draining(ILogger logger, TimeSpan delay, long connections);

    [LoggerMessage(3702, LogLevel.Information, "Stopped with {Connections} connections left")]
    public static partial void Stopped(ILogger logger, long connections);

    [LoggerMessage(3703, LogLevel.Warning, "A connection from {Peer} did not begin with the PROXY protocol's header, and was closed")]
    public static partial void NoProxyHeader(ILogger logger, IPEndPoint? peer);
}
