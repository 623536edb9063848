using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gateway.DataPlane.Tests.Hosting.Support;

/// <summary>A real upstream on loopback, which remembers what arrived.</summary>
public sealed class RunningUpstream : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _requests;

    private RunningUpstream(WebApplication app) => _app = app;

    public Uri Url { get; private set; } = null!;

    public string Address => Url.Authority;

    public int Requests => Volatile.Read(ref _requests);

    /// <summary>The request line's target of the last request, as it arrived.</summary>
    public string? LastTarget { get; private set; }

    public IReadOnlyDictionary<string, string> LastHeaders { get; private set; } = new Dictionary<string, string>();

    public static async Task<RunningUpstream> StartAsync(RequestDelegate? answer = null, HttpProtocols protocols = HttpProtocols.Http1, int port = 0, Action<ListenOptions>? with = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, listen =>
        {
            listen.Protocols = protocols;
            with?.Invoke(listen);
        }));
        var app = builder.Build();
        var upstream = new RunningUpstream(app);
        app.UseWebSockets();
        app.Run(async context =>
        {
            Interlocked.Increment(ref upstream._requests);
            upstream.LastTarget = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
            upstream.LastHeaders = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
            await (answer ?? (static http => http.Response.WriteAsync("hello")))(context);
        });
        await app.StartAsync();
        upstream.Url = new Uri(app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single());
        return upstream;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }
}
