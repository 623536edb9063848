using System.Buffers;
using System.Text;
using Gateway.DataPlane.Hosting.ProxyProtocol;

namespace Gateway.DataPlane.Tests.Hosting.ProxyProtocol;

public sealed class ProxyHeaderTests
{
    private const string Signature = "\r\n\r\n\0\r\nQUIT\n";

    [Theory]
    [InlineData("PROXY TCP4 192.0.2.1 198.51.100.2 56324 443\r\n", "192.0.2.1:56324", "198.51.100.2:443")]
    [InlineData("PROXY TCP6 2001:db8::1 2001:db8::2 56324 443\r\n", "[2001:db8::1]:56324", "[2001:db8::2]:443")]
    [InlineData("PROXY UNKNOWN\r\n", null, null)]
    [InlineData("PROXY UNKNOWN ffff::1 ffff::2 1 2\r\n", null, null)]
    [InlineData(Signature + "\u0021\u0011\0\u000c\u00c0\0\u0002\u0001\u00c6\u0033\u0064\u0002\u00dc\u0004\u0001\u00bb", "192.0.2.1:56324", "198.51.100.2:443")]
    [InlineData(Signature + "\u0021\u0011\0\u0010\u00c0\0\u0002\u0001\u00c6\u0033\u0064\u0002\u00dc\u0004\u0001\u00bb\u00ea\0\u0001x", "192.0.2.1:56324", "198.51.100.2:443")]
    [InlineData(Signature + "\u0021\u0021\0\u0024 \u0001\u000d\u00b8\0\0\0\0\0\0\0\0\0\0\0\u0001 \u0001\u000d\u00b8\0\0\0\0\0\0\0\0\0\0\0\u0002\u00dc\u0004\u0001\u00bb", "[2001:db8::1]:56324", "[2001:db8::2]:443")]
    [InlineData(Signature + "\u0020\0\0\0", null, null)]
    [InlineData(Signature + "\u0021\0\0\u0003abc", null, null)]
    public void A_header_is_read_as_soon_as_it_is_whole_and_no_byte_further(string text, string? source, string? destination)
    {
        var bytes = Encoding.Latin1.GetBytes(text + "GET");
        for (var length = 1; length < text.Length; length++)
        {
            Assert.Equal(ProxyHeaderStatus.Incomplete, ProxyHeader.TryRead(new ReadOnlySequence<byte>(bytes, 0, length), out _, out _));
        }

        Assert.Equal(ProxyHeaderStatus.Complete, ProxyHeader.TryRead(new ReadOnlySequence<byte>(bytes), out var header, out var consumed));
        Assert.Equal(text.Length, consumed);
        Assert.Equal(source, header!.Source?.ToString());
        Assert.Equal(destination, header.Destination?.ToString());
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n")]
    [InlineData("PROXY TCP4 192.0.2.1 198.51.100.2 56324\r\n")]
    [InlineData("PROXY TCP4 192.0.2.1 198.51.100.2 56324 443 1\r\n")]
    [InlineData("PROXY TCP4 192.0.2.1 198.51.100.2 56324 70000\r\n")]
    [InlineData("PROXY TCP4 192.0.2.1 198.51.100.2 -1 443\r\n")]
    [InlineData("PROXY TCP4 nobody 198.51.100.2 1 443\r\n")]
    [InlineData("PROXY UDP4 192.0.2.1 198.51.100.2 1 443\r\n")]
    [InlineData("PROXY 01234567890123450123456789678901234567890123456789012345678901234567890123456789012345678901234567890123456789")]
    [InlineData(Signature + "\u0011\u0011\0\u000c............")]
    [InlineData(Signature + "\u0022\u0011\0\u000c............")]
    [InlineData(Signature + "\u0021\u0011\0\u000b...........")]
    [InlineData(Signature + "\u0021\u0021\0\u000c............")]
    [InlineData(Signature + "\u0021\u0011\u00ff\u00ff............")]
    public void What_is_no_header_is_refused(string text) =>
        Assert.Equal(ProxyHeaderStatus.Invalid, ProxyHeader.TryRead(new ReadOnlySequence<byte>(Encoding.Latin1.GetBytes(text)), out _, out _));
}
