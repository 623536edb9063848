using System.Text;
using Gateway.DataPlane.Forwarding.Http1;

namespace Gateway.DataPlane.Tests.Forwarding.Http1;

public sealed class ChunkedDecoderTests
{
    [Theory]
    [InlineData("0\r\n\r\n", "")]
    [InlineData("5\r\nhello\r\n0\r\n\r\n", "hello")]
    [InlineData("005\r\nhello\r\n1\r\n!\r\n000\r\n\r\n", "hello!")]
    [InlineData("A;name=value; other=\"x\"\r\n0123456789\r\n0\r\n\r\n", "0123456789")]
    [InlineData("5 \r\nhello\r\n0\r\n\r\n", "hello")]
    [InlineData("5\r\nhello\r\n0\r\nX-Sum: 1\r\nX-Other: 2\r\n\r\n", "hello")]
    public void A_body_is_the_same_however_its_bytes_are_cut_up(string text, string body)
    {
        for (var size = 1; size <= text.Length; size++)
        {
            var (decoded, decoder, rest) = Decode(text + "next", size);

            Assert.True(decoder.IsDone);
            Assert.Equal(body, decoded);
            Assert.Equal("next", rest);
        }
    }

    [Theory]
    [InlineData("\r\nhello\r\n0\r\n\r\n")]
    [InlineData("g\r\n")]
    [InlineData("-5\r\nhello")]
    [InlineData("+5\r\nhello")]
    [InlineData("0x5\r\nhello")]
    [InlineData("5\nhello\r\n")]
    [InlineData("5\r\nhellox\r\n")]
    [InlineData("5\r\nhello\n0\r\n\r\n")]
    [InlineData("5;x\ny\r\nhello\r\n")]
    [InlineData("5\rx")]
    [InlineData("0\r\n\rx")]
    [InlineData("0\r\nX: 1\n\r\n")]
    [InlineData("fffffffffffffffff\r\n")]
    public void What_is_no_chunked_body_is_refused(string text)
    {
        var (_, decoder, _) = Decode(text, text.Length);

        Assert.True(decoder.IsInvalid);
    }

    [Fact]
    public void Endless_extensions_and_trailers_are_refused()
    {
        var extension = Decode("5;" + new string('x', ExchangeLimits.ChunkLine + 1), 1000).Decoder;
        var trailers = Decode("0\r\n" + string.Concat(Enumerable.Repeat("X: 1\r\n", ExchangeLimits.ChunkLine)), 1000).Decoder;

        Assert.True(extension.IsInvalid);
        Assert.True(trailers.IsInvalid);
    }

    private static (string Body, ChunkedDecoder Decoder, string After) Decode(string text, int size)
    {
        var decoder = new ChunkedDecoder();
        var body = new StringBuilder();
        var bytes = Encoding.Latin1.GetBytes(text).AsSpan();
        var position = 0;
        while (position < bytes.Length && !decoder.IsDone && !decoder.IsInvalid)
        {
            var piece = bytes[position..Math.Min(position + size, bytes.Length)];
            body.Append(Encoding.Latin1.GetString(decoder.Next(piece, out var consumed)));
            position += consumed;
        }

        return (body.ToString(), decoder, Encoding.Latin1.GetString(bytes[position..]));
    }
}
