using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Gateway.DataPlane.Tests.Hosting.Attacks;

/// <summary>An upstream of bare sockets, which believes what it reads and remembers each byte: a request that was smuggled through would be one more in its list.</summary>
internal sealed class RecordingUpstream : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly List<string> _requests = [];
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;

    public RecordingUpstream()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(64);
        _accepting = AcceptAsync();
    }

    public Uri Url => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndPoint!).Port}");

    /// <summary>Head and body of each request, as they came.</summary>
    public IReadOnlyList<string> Requests
    {
        get
        {
            lock (_gate)
            {
                return [.. _requests];
            }
        }
    }

    public void Forget()
    {
        lock (_gate)
        {
            _requests.Clear();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                serving.Add(ServeAsync(await _listener.AcceptAsync(_stop.Token)));
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using var stream = new NetworkStream(socket, ownsSocket: true);
        var received = new StringBuilder();
        var buffer = new byte[4096];
        try
        {
            while (await stream.ReadAsync(buffer, _stop.Token) is > 0 and var count)
            {
                received.Append(Encoding.Latin1.GetString(buffer, 0, count));
                while (TryTake(received, out var request))
                {
                    lock (_gate)
                    {
                        _requests.Add(request);
                    }

                    await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"u8.ToArray(), _stop.Token);
                }
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or IOException)
        {
            // The gateway closed, or the test is over.
        }
    }

    // As simple as the simplest server: by length, by chunks, or no body.
    private static bool TryTake(StringBuilder received, out string request)
    {
        request = "";
        var text = received.ToString();
        var head = text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4;
        if (head < 4)
        {
            return false;
        }

        var lines = text[..head].Split("\r\n");
        var end = head;
        if (Array.Exists(lines, line => line.StartsWith("Transfer-Encoding:", StringComparison.OrdinalIgnoreCase)))
        {
            end = text.IndexOf("0\r\n\r\n", head, StringComparison.Ordinal) + 5;
            if (end < 5)
            {
                return false;
            }
        }
        else if (Array.Find(lines, line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)) is { } length)
        {
            end = head + int.Parse(length.Split(':')[1].Trim());
            if (end > text.Length)
            {
                return false;
            }
        }

        request = text[..end];
        received.Remove(0, end);
        return true;
    }
}
