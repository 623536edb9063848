using Gateway.DataPlane.Tests.Hosting.Support;

namespace Gateway.DataPlane.Tests.Hosting.Attacks;

/// <summary>
/// Requests that two servers in a row might understand differently, over raw sockets through the gateway. Each is refused, or arrives at the upstream as exactly one request that can be
/// understood in one way.
/// </summary>
public abstract class SmugglingTests(Way way) : IAsyncLifetime
{
    private const string Host = "Host: victim\r\n";
    private const string Inner = "GET /smuggled HTTP/1.1\r\nHost: victim\r\n\r\n";

    private readonly RecordingUpstream _upstream = new();
    private RunningDataPlane _plane = null!;

    /// <summary>What is sent; the one status that may come back, or none where the client has to give up; request lines that arrive.</summary>
    public static TheoryData<string, string, int[], string[]> Requests => new()
    {
        // Two lengths, or a length and an encoding.
        { "CL.TE", $"POST /x HTTP/1.1\r\n{Host}Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nG", [400], [] },
        { "TE.CL", $"POST /x HTTP/1.1\r\n{Host}Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n5c\r\n{Inner}\r\n0\r\n\r\n", [400], [] },
        { "CL.CL, different", $"POST /x HTTP/1.1\r\n{Host}Content-Length: 5\r\nContent-Length: 0\r\n\r\nhello", [400], [] },
        { "CL.CL, equal", $"POST /x HTTP/1.1\r\n{Host}Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello", [400], [] },
        { "CL list", $"POST /x HTTP/1.1\r\n{Host}Content-Length: 5, 5\r\n\r\nhello", [400], [] },
        { "CL with a sign", $"POST /x HTTP/1.1\r\n{Host}Content-Length: +5\r\nConnection: close\r\n\r\nhello", [200, 400], ["POST / HTTP/1.1"] },
        { "CL negative", $"POST /x HTTP/1.1\r\n{Host}Content-Length: -5\r\n\r\nhello", [400], [] },
        { "CL hexadecimal", $"POST /x HTTP/1.1\r\n{Host}Content-Length: 0x5\r\n\r\nhello", [400], [] },
        { "CL empty", $"POST /x HTTP/1.1\r\n{Host}Content-Length: \r\n\r\nhello", [400], [] },
        { "CL too large for a number", $"POST /x HTTP/1.1\r\n{Host}Content-Length: 99999999999999999999\r\n\r\nhello", [400], [] },
        { "CL with a vertical tab", $"POST /x HTTP/1.1\r\n{Host}Content-Length: \v5\r\n\r\nhello", [400], [] },
        { "CL with trailing text", $"POST /x HTTP/1.1\r\n{Host}Content-Length: 5 x\r\n\r\nhello", [400], [] },
        { "CL in a decimal fraction", $"POST /x HTTP/1.1\r\n{Host}Content-Length: 5.0\r\n\r\nhello", [400], [] },

        // An encoding that only some see.
        { "TE unknown", $"POST /x HTTP/1.1\r\n{Host}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", [400, 501], [] },
        { "TE with a blank before the colon", $"POST /x HTTP/1.1\r\n{Host}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n", [400], [] },
        { "TE twice, the first unknown", $"POST /x HTTP/1.1\r\n{Host}Transfer-Encoding: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", [400, 501], [] },
        { "TE twice, the second unknown", $"POST /x HTTP/1.1\r\n{Host}Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n\r\n0\r\n\r\n", [400, 501], [] },
        { "TE identity", $"POST /x HTTP/1.1\r\n{Host}Transfer-Encoding: identity\r\nContent-Length: 0\r\n\r\n", [400, 501], [] },
        { "TE chunked, identity", $"POST /x HTTP/1.1\r\n{Host}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n", [400, 501], [] },
        { "TE gzip, chunked", $"POST /x HTTP/1.1\r\n{Host}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", [400, 501], [] },
        { "TE with a vertical tab", $"POST /x HTTP/1.1\r\n{Host}Transfer-Encoding: \vchunked\r\n\r\n0\r\n\r\n", [400, 501], [] },
        { "TE quoted", $"POST /x HTTP/1.1\r\n{Host}Transfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n", [400, 501], [] },
        { "TE after a bare CR", $"POST /x HTTP/1.1\r\n{Host}X: y\rTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", [400], [] },
        { "TE after a NUL", $"POST /x HTTP/1.1\r\n{Host}X: y\0Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", [400], [] },
        { "TE with HTTP/1.0", $"POST /x HTTP/1.0\r\n{Host}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", [400], [] },
        { "TE folded", $"POST /x HTTP/1.1\r\n{Host}Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n", [400], [] },
        { "TE in another case", $"POST /x HTTP/1.1\r\n{Host}tRANSFER-eNCODING: Chunked\r\nConnection: close\r\n\r\n0\r\n\r\n", [200], ["POST / HTTP/1.1"] },

        // Chunks.
        { "chunk size with a sign", $"POST /x HTTP/1.1\r\n{Host}Transfer-Encoding: chunked\r\n\r\n+5\r\nhello\r\n0\r\n\r\n", [400], [] },
        { "chunk size with 0x", $"POST /x HTTP/1.1\r\n{Host}Transfer-Encoding: chunked\r\n\r\n0x5\r\nhello\r\n0\r\n\r\n", [400], [] },
        { "chunk size that overflows", $"POST /x HTTP/1.1\r\n{Host}Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\nhello\r\n0\r\n\r\n", [400], [] },
        { "chunk longer than its size", $"POST /x HTTP/1.1\r\n{Host}Transfer-Encoding: chunked\r\n\r\n3\r\nhello\r\n0\r\n\r\n", [400], [] },
        { "chunk size without a number", $"POST /x HTTP/1.1\r\n{Host}Transfer-Encoding: chunked\r\n\r\n;x\r\nhello\r\n0\r\n\r\n", [400], [] },
        { "chunk extension", $"POST /x HTTP/1.1\r\n{Host}Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n5;a=b\r\nhello\r\n0\r\n\r\n", [200], ["POST / HTTP/1.1"] },
        { "chunk extension with a bare LF", $"POST /x HTTP/1.1\r\n{Host}Transfer-Encoding: chunked\r\n\r\n5;a\n\r\nhello\r\n0\r\n\r\n", [400], [] },
        { "chunk ended by a bare LF", $"POST /x HTTP/1.1\r\n{Host}Transfer-Encoding: chunked\r\n\r\n5\nhello\r\n0\r\n\r\n", [400], [] },
        { "a body that ends too early", $"POST /x HTTP/1.1\r\n{Host}Transfer-Encoding: chunked\r\n\r\n5\r\nhel", [], [] },

        // Lines and header fields.
        { "folded header", $"GET /x HTTP/1.1\r\n{Host}X-One: a\r\n b\r\n\r\n", [400], [] },
        { "blank before the first header", $"GET /x HTTP/1.1\r\n {Host}\r\n", [400], [] },
        { "blank before a colon", $"GET /x HTTP/1.1\r\nHost : victim\r\n\r\n", [400], [] },
        { "no colon", $"GET /x HTTP/1.1\r\n{Host}nonsense\r\n\r\n", [400], [] },
        { "no name", $"GET /x HTTP/1.1\r\n{Host}: x\r\n\r\n", [400], [] },
        { "NUL in a value", $"GET /x HTTP/1.1\r\n{Host}X-One: a\0b\r\n\r\n", [400], [] },
        { "NUL in a name", $"GET /x HTTP/1.1\r\n{Host}X\0One: a\r\n\r\n", [400], [] },
        { "bare CR in a value", $"GET /x HTTP/1.1\r\n{Host}X-One: a\rX-Two: b\r\n\r\n", [400], [] },
        { "bare CR instead of a line's end", "GET /x HTTP/1.1\rHost: victim\r\r", [], [] },
        { "a name with brackets", $"GET /x HTTP/1.1\r\n{Host}X(One): a\r\nConnection: close\r\n\r\n", [200], ["GET / HTTP/1.1"] },
        { "a name with a letter beyond ASCII", $"GET /x HTTP/1.1\r\n{Host}X-\u00e9: a\r\n\r\n", [400], [] },
        { "headers that are too long", $"GET /x HTTP/1.1\r\n{Host}X-Long: {new string('x', 40_000)}\r\n\r\n", [431, 400], [] },
        { "too many headers", $"GET /x HTTP/1.1\r\n{Host}{string.Concat(Enumerable.Range(0, 200).Select(i => $"X-{i}: 1\r\n"))}\r\n", [431, 400], [] },

        // Whom it is for.
        { "no host", "GET /x HTTP/1.1\r\n\r\n", [400], [] },
        { "two hosts", $"GET /x HTTP/1.1\r\n{Host}Host: other\r\n\r\n", [400], [] },
        { "a host with a path", "GET /x HTTP/1.1\r\nHost: victim/other\r\n\r\n", [400], [] },
        { "a host with a user", "GET /x HTTP/1.1\r\nHost: user@victim\r\n\r\n", [400], [] },
        { "a host with a blank", "GET /x HTTP/1.1\r\nHost: victim other\r\n\r\n", [400], [] },
        { "a host with a port that is none", "GET /x HTTP/1.1\r\nHost: victim:8x\r\n\r\n", [400], [] },
        { "absolute form, another host", $"GET http://other/x HTTP/1.1\r\n{Host}\r\n", [400], [] },
        { "absolute form", $"GET http://victim/x HTTP/1.1\r\n{Host}Connection: close\r\n\r\n", [200], ["GET / HTTP/1.1"] },

        // The request line.
        { "no version", $"GET /x\r\n{Host}\r\n", [400], [] },
        { "HTTP/0.9's form with a body of headers", "GET /x\r\n\r\n", [400], [] },
        { "an unknown version", $"GET /x HTTP/3.1\r\n{Host}\r\n", [400, 505], [] },
        { "a version in lower case", $"GET /x http/1.1\r\n{Host}\r\n", [400, 505], [] },
        { "two blanks", $"GET  /x HTTP/1.1\r\n{Host}\r\n", [400], [] },
        { "a blank in the target", $"GET /x /y HTTP/1.1\r\n{Host}\r\n", [400], [] },
        { "a method with a colon", $"GE:T /x HTTP/1.1\r\n{Host}\r\n", [400], [] },
        { "a NUL in the target", $"GET /x\0y HTTP/1.1\r\n{Host}\r\n", [400], [] },
        { "a target without a slash", $"GET x HTTP/1.1\r\n{Host}\r\n", [400, 405], [] },
        { "a target that is too long", $"GET /x{new string('y', 40_000)} HTTP/1.1\r\n{Host}\r\n", [414, 400], [] },
        { "CONNECT", $"CONNECT victim:80 HTTP/1.1\r\n{Host}Connection: close\r\n\r\n", [400, 404, 405, 501], [] },

        // A line break that is written as percent code stays one.
        { "an encoded line break in the path", $"GET /x/a%0d%0aX-Evil:%201 HTTP/1.1\r\n{Host}Connection: close\r\n\r\n", [200], ["GET /a%0D%0AX-Evil:%201 HTTP/1.1"] },
        { "an encoded slash", $"GET /x/a%2fb HTTP/1.1\r\n{Host}Connection: close\r\n\r\n", [200], ["GET /a%2Fb HTTP/1.1"] },
        { "dot segments", $"GET /x/a/../../x/b HTTP/1.1\r\n{Host}Connection: close\r\n\r\n", [200], ["GET /b HTTP/1.1"] },
        { "dot segments that climb out", $"GET /x/../../etc/passwd HTTP/1.1\r\n{Host}Connection: close\r\n\r\n", [404], [] },
        { "encoded dot segments", $"GET /x/%2e%2e/secret HTTP/1.1\r\n{Host}Connection: close\r\n\r\n", [404], [] },

        // Nothing that was pipelined behind a refused request is served.
        { "a request behind a refused one", $"POST /x HTTP/1.1\r\n{Host}Content-Length: 5, 6\r\n\r\n{Inner}", [400], [] },
        { "a request in a body", $"POST /x HTTP/1.1\r\n{Host}Content-Length: {Inner.Length}\r\nConnection: close\r\n\r\n{Inner}", [200], ["POST / HTTP/1.1"] },
        { "a request in a GET's body", $"GET /x HTTP/1.1\r\n{Host}Content-Length: {Inner.Length}\r\nConnection: close\r\n\r\n{Inner}", [200], ["GET / HTTP/1.1"] },

        // What is for one hop goes no further.
        { "an upgrade to HTTP/2 in clear", $"GET /x HTTP/1.1\r\n{Host}Connection: Upgrade, HTTP2-Settings, close\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n\r\n", [200, 400, 502], ["GET / HTTP/1.1"] },
        { "HTTP/2's preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", [], [] },
    };

    public async ValueTask InitializeAsync()
    {
        _plane = await RunningDataPlane.StartAsync(options => options.Choose(way));
        var builder = new ConfigurationBuilder();
        builder.Route("x", builder.Service("x", _upstream.Url), route => route with { Paths = ["/x"] });
        await _plane.ApplyAsync(builder.Snapshot());
    }

    public async ValueTask DisposeAsync()
    {
        await _plane.DisposeAsync();
        await _upstream.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task A_request_that_could_be_understood_in_two_ways_is_refused_or_made_plain(string name, string bytes, int[] statuses, string[] arrives)
    {
        var answers = await RawExchange.SendAsync(_plane.Proxy, bytes, thenClose: statuses.Length is 0);

        Assert.True(statuses.Length is 0 ? answers.All(status => status >= 400) : answers.Count is 1 && statuses.Contains(answers[0]), $"{name}: {string.Join(' ', answers)}");
        Assert.Equal(arrives, _upstream.Requests.Select(request => request.Split("\r\n")[0]));
        Assert.All(_upstream.Requests, OneMeaning);

        // The next client is not concerned.
        Assert.Equal([200], await RawExchange.SendAsync(_plane.Proxy, $"GET /x/next HTTP/1.1\r\n{Host}Connection: close\r\n\r\n"));
        Assert.StartsWith("GET /next HTTP/1.1\r\n", _upstream.Requests[^1], StringComparison.Ordinal);
    }

    private static void OneMeaning(string request)
    {
        var head = request[..request.IndexOf("\r\n\r\n", StringComparison.Ordinal)].Split("\r\n");
        var names = head.Skip(1).Select(line => line.Split(':')[0].ToLowerInvariant()).ToList();
        Assert.Equal(1, names.Count(name => name == "host"));
        Assert.True(names.Count(name => name is "content-length" or "transfer-encoding") <= 1);
        Assert.All(names.Where(name => name.Length > 0), name => Assert.Matches("^[a-z0-9-]+$", name));
        Assert.DoesNotContain(head, line => line.Contains('\r', StringComparison.Ordinal) || line.Contains('\n', StringComparison.Ordinal) || line.Contains('\0', StringComparison.Ordinal));
    }
}
