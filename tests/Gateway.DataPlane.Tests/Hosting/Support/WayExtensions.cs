namespace Gateway.DataPlane.Tests.Hosting.Support;

internal static class WayExtensions
{
    public static void Choose(this DataPlaneOptions options, Way way)
    {
        options.UseEventLoops = way is not Way.GeneralSockets;
        options.DirectUpstreams = way is not Way.GeneralClient;
    }
}
