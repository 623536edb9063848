using System.Globalization;
using System.Runtime.InteropServices;

namespace Gateway.Plugins.OpenTelemetry;

/// <summary>A place in a trace, as headers tell it.</summary>
/// <param name="High">The first half of the trace's id.</param>
/// <param name="Span">0 where the caller named none.</param>
/// <param name="IsSampled">Whether the caller records; null where it did not say.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TraceContext(ulong High, ulong Low, ulong Span, bool? IsSampled, TraceFormat Format)
{
    public string TraceId => string.Create(CultureInfo.InvariantCulture, $"{High:x16}{Low:x16}");

    public static string Text(ulong span) => span.ToString("x16", CultureInfo.InvariantCulture);
}
