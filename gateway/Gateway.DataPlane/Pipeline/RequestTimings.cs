using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Gateway.DataPlane.Pipeline;

/// <summary>When a request passed its stations, in ticks of <see cref="Stopwatch"/>; 0 where it did not.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct RequestTimings
{
    public long Started;
    public long SentUpstream;
    public long ResponseHeaders;

    public static RequestTimings Start() => new() { Started = Stopwatch.GetTimestamp() };

    /// <summary>From the last attempt's start to the response's headers.</summary>
    public readonly TimeSpan Upstream =>
        ResponseHeaders == 0 || SentUpstream == 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(SentUpstream, ResponseHeaders);

    /// <summary>What the gateway itself took until it sent the request on, or answered.</summary>
    public readonly TimeSpan Gateway =>
        SentUpstream == 0 ? Stopwatch.GetElapsedTime(Started) : Stopwatch.GetElapsedTime(Started, SentUpstream);
}
