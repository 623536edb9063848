using System.Net.Sockets;
using System.Text;

namespace Gateway.DataPlane.Tests.Hosting.Support;

/// <summary>Sends bytes that no HTTP client would send, over one connection.</summary>
public sealed class RawClient : IDisposable
{
    private readonly TcpClient _client = new() { NoDelay = true };
    private readonly NetworkStream _stream;

    public RawClient(Uri address)
    {
        _client.Connect(address.Host, address.Port);
        _stream = _client.GetStream();
    }

    public async Task SendAsync(string text) => await _stream.WriteAsync(Encoding.Latin1.GetBytes(text));

    /// <summary>Sends a GET and returns the response's head. The body is read and dropped.</summary>
    public async Task<string> GetAsync(string target, string headers = "")
    {
        await SendAsync($"GET {target} HTTP/1.1\r\nHost: test\r\n{headers}\r\n");
        var head = await ReadHeadAsync();
        var length = head.Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
        if (length is not null)
        {
            await _stream.ReadExactlyAsync(new byte[int.Parse(length.Split(':')[1])]);
        }
        else if (head.Contains("Transfer-Encoding: chunked", StringComparison.OrdinalIgnoreCase))
        {
            await ReadUntilAsync("0\r\n\r\n");
        }

        return head;
    }

    public Task<string> ReadHeadAsync() => ReadUntilAsync("\r\n\r\n");

    /// <summary>Everything until the other side closes.</summary>
    public async Task<string> ReadToEndAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var reader = new StreamReader(_stream, Encoding.Latin1, leaveOpen: true);
        return await reader.ReadToEndAsync(limit.Token);
    }

    public void Dispose() => _client.Dispose();

    private async Task<string> ReadUntilAsync(string end)
    {
        var text = new StringBuilder();
        var one = new byte[1];
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!text.ToString().EndsWith(end, StringComparison.Ordinal) && await _stream.ReadAsync(one, limit.Token) > 0)
        {
            text.Append((char)one[0]);
        }

        return text.ToString();
    }
}
