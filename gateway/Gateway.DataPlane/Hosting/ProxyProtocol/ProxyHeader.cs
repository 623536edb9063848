using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Text;

namespace Gateway.DataPlane.Hosting.ProxyProtocol;

/// <summary>
/// What a load balancer says of a connection before its first byte, in version 1 or 2 of the PROXY protocol (HAProxy's proxy-protocol.txt, sections 2.1 and 2.2; AWS's network load balancers
/// send version 2).
/// </summary>
/// <param name="Source">The client; null where the balancer speaks for itself (health checks) or of something else than TCP over IP.</param>
/// <param name="Destination">What the client called.</param>
internal sealed record ProxyHeader(IPEndPoint? Source, IPEndPoint? Destination)
{
    /// <summary>Bytes of the longest header that is read. Version 2 may announce 64 KiB of extensions; balancers send some hundred bytes.</summary>
    public const int MaximumLength = 4096;

    private const int MaximumTextLength = 107;
    private const int FixedLength = 16;
    private const int Ipv4Length = 12;
    private const int Ipv6Length = 36;

    private static ReadOnlySpan<byte> Signature => "\r\n\r\n\0\r\nQUIT\n"u8;

    /// <summary>Reads the header at the beginning of what came.</summary>
    /// <param name="consumed">Its length, where it is whole.</param>
    public static ProxyHeaderStatus TryRead(ReadOnlySequence<byte> received, out ProxyHeader? header, out int consumed)
    {
        header = null;
        consumed = 0;
        var bytes = received.Slice(0, Math.Min(received.Length, MaximumLength)).ToArray().AsSpan();
        var text = "PROXY "u8;
        if (bytes.StartsWith(Signature[..Math.Min(bytes.Length, Signature.Length)]))
        {
            return ReadBinary(bytes, out header, out consumed);
        }

        return bytes.StartsWith(text[..Math.Min(bytes.Length, text.Length)]) ? ReadText(bytes, out header, out consumed) : ProxyHeaderStatus.Invalid;
    }

    private static ProxyHeaderStatus ReadBinary(ReadOnlySpan<byte> bytes, out ProxyHeader? header, out int consumed)
    {
        header = null;
        consumed = 0;
        if (bytes.Length < FixedLength)
        {
            return ProxyHeaderStatus.Incomplete;
        }

        var (version, command) = (bytes[12] >> 4, bytes[12] & 0xf);
        var length = BinaryPrimitives.ReadUInt16BigEndian(bytes[14..]);
        if (version != 2 || command > 1 || FixedLength + length > MaximumLength)
        {
            return ProxyHeaderStatus.Invalid;
        }

        if (bytes.Length < FixedLength + length)
        {
            return ProxyHeaderStatus.Incomplete;
        }

        consumed = FixedLength + length;
        var addresses = bytes.Slice(FixedLength, length);
        const byte TcpOverIpv4 = 0x11;
        const byte TcpOverIpv6 = 0x21;
        var family = command == 0 ? (byte)0 : bytes[13];
        if ((family == TcpOverIpv4 && length < Ipv4Length) || (family == TcpOverIpv6 && length < Ipv6Length))
        {
            return ProxyHeaderStatus.Invalid;
        }

        header = family switch
        {
            TcpOverIpv4 => new ProxyHeader(EndPoint(addresses[..4], addresses[8..]), EndPoint(addresses[4..8], addresses[10..])),
            TcpOverIpv6 => new ProxyHeader(EndPoint(addresses[..16], addresses[32..]), EndPoint(addresses[16..32], addresses[34..])),
            _ => new ProxyHeader(Source: null, Destination: null),
        };
        return ProxyHeaderStatus.Complete;
    }

    private static IPEndPoint EndPoint(ReadOnlySpan<byte> address, ReadOnlySpan<byte> port) => new(new IPAddress(address), BinaryPrimitives.ReadUInt16BigEndian(port));

    private static ProxyHeaderStatus ReadText(ReadOnlySpan<byte> bytes, out ProxyHeader? header, out int consumed)
    {
        header = null;
        consumed = 0;
        var end = bytes[..Math.Min(bytes.Length, MaximumTextLength)].IndexOf("\r\n"u8);
        if (end < 0)
        {
            return bytes.Length >= MaximumTextLength ? ProxyHeaderStatus.Invalid : ProxyHeaderStatus.Incomplete;
        }

        consumed = end + 2;
        var words = Encoding.ASCII.GetString(bytes[..end]).Split(' ');
        if (words is ["PROXY", "UNKNOWN", ..])
        {
            header = new ProxyHeader(Source: null, Destination: null);
            return ProxyHeaderStatus.Complete;
        }

        if (words is not ["PROXY", "TCP4" or "TCP6", var source, var destination, var sourcePort, var destinationPort]
            || !IPAddress.TryParse(source, out var from) || !IPAddress.TryParse(destination, out var to)
            || !TryReadPort(sourcePort, out var fromPort) || !TryReadPort(destinationPort, out var toPort))
        {
            return ProxyHeaderStatus.Invalid;
        }

        header = new ProxyHeader(new IPEndPoint(from, fromPort), new IPEndPoint(to, toPort));
        return ProxyHeaderStatus.Complete;
    }

    private static bool TryReadPort(string text, out ushort port) => ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port);
}
