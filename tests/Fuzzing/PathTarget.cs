using System.Text;
using Gateway.DataPlane.Routing;

namespace Hybrid.Fuzzing;

/// <summary>A path's normal form is one: it does not change again, climbs nowhere, and can be written into a request line.</summary>
internal static class PathTarget
{
    public static string? Check(byte[] input)
    {
        // As it comes from a request line: without what the server refuses.
        var path = "/" + Encoding.Latin1.GetString([.. input.Where(value => value is > 0x20 and < 0x7f and not (byte)'?' and not (byte)'#')]);
        var normal = RequestPath.Normalize(path);
        var escaped = RequestPath.Escape(normal);
        if (!normal.StartsWith('/'))
        {
            return $"{path} becomes {normal}, which is no path";
        }

        if (normal.Split('/').Any(segment => segment is "." or ".."))
        {
            return $"{path} becomes {normal}, which climbs";
        }

        if (escaped.Any(letter => letter is <= ' ' or >= '\u007f'))
        {
            return $"{path} becomes {escaped}, which is no request target";
        }

        var again = RequestPath.Normalize(escaped);
        return string.Equals(again, normal, StringComparison.Ordinal) ? null : $"{path} becomes {normal}, and what is sent on, {escaped}, {again}";
    }
}
