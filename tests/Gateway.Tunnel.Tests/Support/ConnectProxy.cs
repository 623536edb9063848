using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Gateway.Tunnel.Tests.Support;

/// <summary>A proxy that takes CONNECT exactly as RFC 9112 writes it and nothing else, and that alone knows where the names lead.</summary>
internal sealed class ConnectProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<Task, bool> _running = new();
    private readonly ConcurrentDictionary<string, DnsEndPoint> _names = new(StringComparer.Ordinal);
    private readonly X509Certificate2? _certificate;
    private readonly Task _accepting;

    /// <param name="certificate">Not null: the proxy speaks TLS.</param>
    public ConnectProxy(X509Certificate2? certificate = null)
    {
        _certificate = certificate;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>What it answers in place of the way, as written; null: it does as it should. Empty: it cuts.</summary>
    public string? Answer { get; set; }

    /// <summary>True: it never answers.</summary>
    public bool Hangs { get; set; }

    /// <summary>USER:PASSWORD; null: it asks for none.</summary>
    public string? Credentials { get; set; }

    /// <summary>The authorities that were asked for.</summary>
    public ConcurrentQueue<string> Asked { get; } = [];

    public TunnelProxy Client => new() { Host = "127.0.0.1", Port = ((IPEndPoint)_listener.LocalEndpoint).Port, Tls = _certificate is not null };

    /// <summary>A name and port that only the proxy knows.</summary>
    public DnsEndPoint Name(string host, DnsEndPoint target)
    {
        _names[$"{host}:{target.Port}"] = target;
        return new DnsEndPoint(host, target.Port);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_running.Keys);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                _running.TryAdd(ServeAsync(client), true);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException && _stop.IsCancellationRequested)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var closing = client;
        try
        {
            await using var stream = await OpenAsync(client);
            await ServeAsync(stream);
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or SocketException or AuthenticationException)
        {
            // The other end left, or the test is over.
        }
    }

    private async Task<Stream> OpenAsync(TcpClient client)
    {
        if (_certificate is null)
        {
            return client.GetStream();
        }

        var secure = new SslStream(client.GetStream());
        await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _stop.Token);
        return secure;
    }

    private async Task ServeAsync(Stream stream)
    {
        var request = await ReadRequestAsync(stream);
        if (Hangs)
        {
            await Task.Delay(Timeout.Infinite, _stop.Token);
        }

        var (status, target) = Judge(request);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(Answer ?? $"HTTP/1.1 {status}\r\nVia: 1.1 test\r\n\r\n"), _stop.Token);
        if (target is null || Answer is not null)
        {
            return;
        }

        using var far = new TcpClient { NoDelay = true };
        await far.ConnectAsync(target.Host, target.Port, _stop.Token);
        var there = stream.CopyToAsync(far.GetStream(), _stop.Token);
        var back = far.GetStream().CopyToAsync(stream, _stop.Token);
        await await Task.WhenAny(there, back);
    }

    private (string Status, DnsEndPoint? Target) Judge(string request)
    {
        var lines = request.Split("\r\n");
        if (lines[0].Split(' ') is not ["CONNECT", var authority, "HTTP/1.1"] || lines[1] != $"Host: {authority}" || lines[^2..] is not ["", ""])
        {
            return ("400 Bad Request", null);
        }

        Asked.Enqueue(authority);
        var authorization = Credentials is null ? null : $"Proxy-Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(Credentials))}";
        var sent = lines.SingleOrDefault(line => line.StartsWith("Proxy-Authorization:", StringComparison.Ordinal));
        return sent != authorization ? ("407 Proxy Authentication Required", null)
            : _names.TryGetValue(authority, out var target) ? ("200 Connection established", target)
            : ("502 Bad Gateway", null);
    }

    private async Task<string> ReadRequestAsync(Stream stream)
    {
        var request = new StringBuilder();
        var one = new byte[1];
        while (!request.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(one, _stop.Token);
            request.Append((char)one[0]);
        }

        return request.ToString();
    }
}
