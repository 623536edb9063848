using System.Net;
using Gateway.DataPlane.Hosting;
using Gateway.Tunnel.Subscription;
using Gateway.Tunnel.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gateway.DataPlane.Tests.Hosting.Support;

/// <summary>A real data plane on loopback: Kestrel, router, plugins, forwarder.</summary>
public sealed class RunningDataPlane : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RunningDataPlane(WebApplication app, IReadOnlyList<Uri> addresses)
    {
        _app = app;
        Proxy = addresses[0];
        Status = addresses[^1];
        Others = [.. addresses.Skip(1).SkipLast(1)];
        Client = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Proxy };
    }

    public Uri Proxy { get; }

    public Uri Status { get; }

    /// <summary>Further proxy listeners, in their order.</summary>
    public IReadOnlyList<Uri> Others { get; }

    public HttpClient Client { get; }

    public IServiceProvider Services => _app.Services;

    public static async Task<RunningDataPlane> StartAsync(
        Action<DataPlaneOptions>? options = null, Action<IServiceCollection>? services = null, params IReadOnlyList<ProxyListener> others)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        services?.Invoke(builder.Services);
        builder.Services.AddDataPlane(dataPlane =>
        {
            dataPlane.ProxyListeners = [new ProxyListener(new IPEndPoint(IPAddress.Loopback, 0)), .. others];
            dataPlane.StatusListeners = [new IPEndPoint(IPAddress.Loopback, 0)];
            options?.Invoke(dataPlane);
        });
        var app = builder.Build();
        app.UseDataPlane();
        await app.StartAsync();
        var addresses = app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses;
        return new RunningDataPlane(app, [.. addresses.Select(address => new Uri(address))]);
    }

    public async Task<ApplyResult> TryApplyAsync(ConfigurationUpdate update) =>
        await Services.GetRequiredService<IConfigurationTarget>().ApplyAsync(update, CancellationToken.None);

    public async Task ApplyAsync(ConfigurationUpdate update)
    {
        var result = await TryApplyAsync(update);
        Assert.True(result.IsApplied, string.Join("; ", result.Errors));
    }

    /// <summary>The value of a counter, or the number of a histogram's observations, over all series that have these attributes.</summary>
    public long Metric(string name, params (string Name, string Value)[] attributes)
    {
        var points = new List<MetricPoint>();
        Services.GetRequiredService<IMetricSource>().Collect(points);
        return points
            .Where(point => point.Metric == name && attributes.All(wanted => point.Attributes.Any(known => known.Key == wanted.Name && known.Value == wanted.Value)))
            .Sum(point => point.Count);
    }

    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }
}
