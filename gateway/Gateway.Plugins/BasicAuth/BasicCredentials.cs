using System.Runtime.InteropServices;
using System.Text.Unicode;

namespace Gateway.Plugins.BasicAuth;

/// <summary>User name and password as RFC 7617 writes them: <c>Basic</c> and the Base64 of <c>name:password</c>, in UTF-8.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct BasicCredentials(ReadOnlyMemory<byte> Username, ReadOnlyMemory<byte> Password)
{
    private const string Scheme = "Basic ";

    public static bool IsBasic(string header) => header.AsSpan().TrimStart().StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);

    /// <summary>Null for what is not well formed.</summary>
    public static BasicCredentials? Parse(string header)
    {
        var encoded = header.AsSpan().Trim()[Scheme.Length..].Trim();
        var decoded = new byte[(encoded.Length / 4 * 3) + 3];
        if (!Convert.TryFromBase64Chars(encoded, decoded, out var length) || !Utf8.IsValid(decoded.AsSpan(0, length)))
        {
            return null;
        }

        var pair = decoded.AsMemory(0, length);
        var colon = pair.Span.IndexOf((byte)':');
        return colon > 0 ? new BasicCredentials(pair[..colon], pair[(colon + 1)..]) : null;
    }
}
