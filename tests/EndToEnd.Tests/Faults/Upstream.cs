using System.Net;

namespace EndToEnd.Tests.Faults;

/// <summary>Answers every request with 200.</summary>
internal sealed class Upstream : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _serving;

    public Upstream(int port)
    {
        _listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        _listener.Start();
        _serving = ServeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                context.Response.ContentLength64 = 0;
                context.Response.Close();
            }
            catch (Exception ended) when (ended is HttpListenerException or ObjectDisposedException)
            {
                // The test is over, or a killed data plane went away in the middle of a request.
            }
        }
    }
}
