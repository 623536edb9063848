using System.Buffers;
using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Gateway.Plugins.OpenTelemetry;

/// <summary>Reads and writes traces' headers: W3C Trace Context (https://www.w3.org/TR/trace-context/), and B3 in one header or several.</summary>
internal static class TraceHeaders
{
    private const string TraceParent = "traceparent";
    private const string TraceState = "tracestate";
    private const string Single = "b3";
    private const string TraceId = "X-B3-TraceId";
    private const string SpanId = "X-B3-SpanId";
    private const string ParentSpanId = "X-B3-ParentSpanId";
    private const string Sampled = "X-B3-Sampled";
    private const string Flags = "X-B3-Flags";
    private const int TraceParentLength = 55;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    /// <summary>Null where there is nothing that can be understood.</summary>
    public static TraceContext? ReadW3C(IHeaderDictionary headers)
    {
        if (headers[TraceParent] is not [{ Length: >= TraceParentLength } text])
        {
            return null;
        }

        var isKnown = text[2] == '-' && text[35] == '-' && text[52] == '-' && TryHex(text.AsSpan(0, 2), out var version) && version != 0xff
            && (text.Length == TraceParentLength || (version > 0 && text[TraceParentLength] == '-'));
        return isKnown && TryHex(text.AsSpan(3, 16), out var high) && TryHex(text.AsSpan(19, 16), out var low) && TryHex(text.AsSpan(36, 16), out var span) && TryHex(text.AsSpan(53, 2), out var flags)
            && (high | low) != 0 && span != 0
            ? new TraceContext(high, low, span, (flags & 1) != 0, TraceFormat.W3C)
            : null;
    }

    /// <inheritdoc cref="ReadW3C"/>
    public static TraceContext? ReadB3(IHeaderDictionary headers)
    {
        if (headers[Single] is [{ } single])
        {
            var parts = single.Split('-');
            return parts.Length is >= 2 and <= 4 && TryTrace(parts[0], out var h, out var l) && TryHex(parts[1], out var s) && s != 0
                ? new TraceContext(h, l, s, parts.Length > 2 ? parts[2] switch { "1" or "d" => true, "0" => false, _ => null } : null, TraceFormat.B3Single)
                : null;
        }

        return headers[TraceId] is [{ } trace] && headers[SpanId] is [{ } span] && TryTrace(trace, out var high, out var low) && TryHex(span, out var id) && id != 0
            ? new TraceContext(high, low, id, headers[Flags] == "1" ? true : headers[Sampled].ToString() switch { "1" or "true" => true, "0" or "false" => false, _ => null }, TraceFormat.B3)
            : null;
    }

    /// <param name="trace">With the span that the upstream's spans are below.</param>
    /// <param name="parent">That span's own parent.</param>
    public static void Write(IHeaderDictionary headers, TraceFormat format, TraceContext trace, ulong parent, bool isSampled)
    {
        var (id, span, flag) = (trace.TraceId, TraceContext.Text(trace.Span), isSampled ? "1" : "0");
        switch (format)
        {
            case TraceFormat.B3:
                headers[TraceId] = id;
                headers[SpanId] = span;
                headers[ParentSpanId] = TraceContext.Text(parent);
                headers[Sampled] = flag;
                headers.Remove(Flags);
                break;
            case TraceFormat.B3Single:
                headers[Single] = $"{id}-{span}-{flag}-{TraceContext.Text(parent)}";
                break;
            default:
                if (trace.Format != TraceFormat.W3C)
                {
                    // Of another trace than this one.
                    headers.Remove(TraceState);
                }

                headers[TraceParent] = $"00-{id}-{span}-0{flag}";
                break;
        }
    }

    // B3's traces may be half as long.
    private static bool TryTrace(string text, out ulong high, out ulong low)
    {
        high = 0;
        low = 0;
        return text.Length switch
        {
            16 => TryHex(text, out low) && low != 0,
            32 => TryHex(text.AsSpan(0, 16), out high) && TryHex(text.AsSpan(16), out low) && (high | low) != 0,
            _ => false,
        };
    }

    private static bool TryHex(ReadOnlySpan<char> text, out ulong value)
    {
        value = 0;
        return text.Length is 2 or 16 && !text.ContainsAnyExcept(Digits) && ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }
}
