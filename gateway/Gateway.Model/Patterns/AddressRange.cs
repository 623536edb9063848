using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Gateway.Model.Patterns;

/// <summary>An IPv4 or IPv6 address, or a block of them in CIDR notation. Bits beyond the prefix have no meaning, as in Kong.</summary>
/// <param name="Prefix">0 to 32, or to 128 for IPv6.</param>
public sealed record AddressRange(IPAddress Address, int Prefix)
{
    private const int Ipv4Bits = 32;
    private const int Ipv6Bits = 128;

    public static bool TryParse(string text, [NotNullWhen(true)] out AddressRange? range)
    {
        range = null;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var host = slash < 0 ? text : text[..slash];

        // The parser would also read "10" and "0x7f.1", which nobody means.
        if (!IPAddress.TryParse(host, out var address)
            || host.Contains('%', StringComparison.Ordinal)
            || (address.AddressFamily is AddressFamily.InterNetwork && !string.Equals(address.ToString(), host, StringComparison.Ordinal)))
        {
            return false;
        }

        var bits = address.AddressFamily is AddressFamily.InterNetwork ? Ipv4Bits : Ipv6Bits;
        var prefix = bits;
        if (slash >= 0 && (!int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out prefix) || prefix > bits))
        {
            return false;
        }

        range = new AddressRange(address, prefix);
        return true;
    }
}
