using System.Text;
using Gateway.DataPlane.Forwarding.Http1;

namespace Gateway.DataPlane.Tests.Forwarding.Http1;

/// <summary>What is understood as a response's head, and what is refused since it could be understood in two ways.</summary>
public sealed class ResponseHeadTests
{
    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", BodyFraming.Length, true)]
    [InlineData("HTTP/1.1 200\r\nContent-Length: 5\r\n\r\n", BodyFraming.Length, true)]
    [InlineData("HTTP/1.1 200 \r\ncontent-length:5\r\n\r\n", BodyFraming.Length, true)]
    [InlineData("HTTP/1.1 200 OK\nContent-Length: 5\n\n", BodyFraming.Length, true)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", BodyFraming.None, true)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n", BodyFraming.Chunked, true)]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n", BodyFraming.Close, false)]
    [InlineData("HTTP/1.1 204 No Content\r\n\r\n", BodyFraming.None, true)]
    [InlineData("HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n", BodyFraming.None, true)]
    [InlineData("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 5\r\n\r\n", BodyFraming.Length, false)]
    [InlineData("HTTP/1.1 200 OK\r\nConnection: x-one, Close\r\nContent-Length: 5\r\n\r\n", BodyFraming.Length, false)]
    [InlineData("HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\n", BodyFraming.Length, false)]
    [InlineData("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 5\r\n\r\n", BodyFraming.Length, false)]
    public void A_response_s_framing_is_what_RFC_9112_says(string text, object framing, bool keepsAlive)
    {
        var head = new ResponseHead();

        Assert.Equal(HeadStatus.Complete, head.TryRead(Encoding.Latin1.GetBytes(text + "rest"), isHead: false, out var consumed));

        Assert.Equal(text.Length, consumed);
        Assert.Equal(framing, head.Framing);
        Assert.Equal(keepsAlive, head.KeepsAlive);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: xchunked\r\n\r\n")]
    [InlineData("HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: +5\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5, 5\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 0x5\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length:\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nX-One : 1\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nX-One: 1\r\n folded\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\n: 1\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nno colon\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nX-One: a\rb\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nX-One: a\0b\r\n\r\n")]
    [InlineData("HTTP/1.1 200 O\rK\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 20 OK\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 2000 OK\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 099 OK\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/2.0 200 OK\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.12 200 OK\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("ICY 200 OK\r\n\r\n")]
    [InlineData("\r\n\r\n")]
    public void What_could_be_understood_in_two_ways_is_refused(string text) =>
        Assert.Equal(HeadStatus.Invalid, new ResponseHead().TryRead(Encoding.Latin1.GetBytes(text), isHead: false, out _));

    [Fact]
    public void A_head_that_comes_byte_by_byte_is_complete_at_its_last_byte()
    {
        var bytes = "HTTP/1.1 200 OK\r\nServer: one\r\nContent-Length: 5\r\n\r\n"u8.ToArray();
        var head = new ResponseHead();

        for (var length = 1; length < bytes.Length; length++)
        {
            Assert.Equal(HeadStatus.Incomplete, head.TryRead(bytes.AsSpan(0, length), isHead: false, out _));
        }

        Assert.Equal(HeadStatus.Complete, head.TryRead(bytes, isHead: false, out _));
        Assert.Equal(["Server", "Content-Length"], Enumerable.Range(0, head.FieldCount).Select(index => head[index].Name));
    }

    [Fact]
    public void A_second_response_s_fields_are_its_own_however_alike_it_is()
    {
        var head = new ResponseHead();
        head.TryRead("HTTP/1.1 200 OK\r\nServer: one\r\nContent-Length: 5\r\nX-Old: 1\r\n\r\n"u8, isHead: false, out _);
        head.Reset();
        head.TryRead("HTTP/1.1 201 OK\r\nServer: two\r\nContent-Length: 6\r\n\r\n"u8, isHead: false, out _);

        Assert.Equal(201, head.Status);
        Assert.Equal(6, head.ContentLength);
        Assert.Equal(["Server=two", "Content-Length=6"], Enumerable.Range(0, head.FieldCount).Select(index => $"{head[index].Name}={head[index].Value}"));
    }

    [Fact]
    public void A_head_beyond_the_bounds_is_refused()
    {
        var many = "HTTP/1.1 200 OK\r\n" + string.Concat(Enumerable.Repeat("X: 1\r\n", ExchangeLimits.HeaderFields + 1)) + "\r\n";
        var endless = "HTTP/1.1 200 OK\r\nX: " + new string('x', ExchangeLimits.HeadSize);

        Assert.Equal(HeadStatus.Invalid, new ResponseHead().TryRead(Encoding.Latin1.GetBytes(many), isHead: false, out _));
        Assert.Equal(HeadStatus.Invalid, new ResponseHead().TryRead(Encoding.Latin1.GetBytes(endless), isHead: false, out _));
    }
}
