using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EndToEnd.Tests.Executable;

/// <summary>An upstream that answers every request with the same text.</summary>
internal sealed class HttpUpstream : IAsyncDisposable
{
    private readonly HttpListener _listener;
    private readonly Task _serving;

    private HttpUpstream(HttpListener listener, Uri address, string answer)
    {
        _listener = listener;
        Address = address;
        _serving = ServeAsync(Encoding.UTF8.GetBytes(answer));
    }

    public Uri Address { get; }

    public static HttpUpstream Start(string answer)
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var address = new Uri($"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/");
        probe.Stop();
        var listener = new HttpListener();
        listener.Prefixes.Add(address.ToString());
        listener.Start();
        return new HttpUpstream(listener, address, answer);
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    private async Task ServeAsync(byte[] answer)
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            await context.Response.OutputStream.WriteAsync(answer);
            context.Response.Close();
        }
    }
}
