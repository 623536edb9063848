using System.Buffers;
using System.Text;

namespace Gateway.DataPlane.Forwarding.Http1;

/// <summary>The characters of header fields (RFC 9110, section 5.6.2; RFC 9112, section 5).</summary>
internal static class HeaderSyntax
{
    private const string TokenCharacters = "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private static readonly SearchValues<byte> TokenBytes = SearchValues.Create(Encoding.ASCII.GetBytes(TokenCharacters));
    private static readonly SearchValues<char> TokenChars = SearchValues.Create(TokenCharacters);

    private static readonly SearchValues<byte> ForbiddenBytes = SearchValues.Create("\0\r\n"u8);
    private static readonly SearchValues<char> ForbiddenChars = SearchValues.Create("\0\r\n");

    public static bool IsToken(ReadOnlySpan<byte> name) => !name.ContainsAnyExcept(TokenBytes);

    /// <summary>What is none is not forwarded, as with nginx: the server lets some of these in.</summary>
    public static bool IsToken(ReadOnlySpan<char> name) => !name.ContainsAnyExcept(TokenChars);

    public static bool IsValue(ReadOnlySpan<byte> value) => !value.ContainsAny(ForbiddenBytes);

    public static bool IsValue(ReadOnlySpan<char> value) => !value.ContainsAny(ForbiddenChars);

    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> value) => value.Trim(" \t"u8);

    /// <summary>Bytes as they are, since a proxy does not know what they mean.</summary>
    public static string Text(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);
}
