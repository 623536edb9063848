using Gateway.ControlPlane.Admin;
using Gateway.DataPlane.Routing.Explaining;
using Gateway.Model.Routing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gateway.ControlPlane.Tests.Fixtures;

/// <summary>A control plane's Admin API on a loopback port.</summary>
internal sealed class RunningAdminApi : IAsyncDisposable
{
    private readonly WebApplication _application;

    private RunningAdminApi(WebApplication application)
    {
        _application = application;
        Client = new HttpClient { BaseAddress = new Uri(application.Urls.First()) };
    }

    public HttpClient Client { get; }

    public static async Task<RunningAdminApi> StartAsync(ControlPlaneOptions options, TimeProvider? time = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        if (time is not null)
        {
            builder.Services.AddSingleton(time);
        }

        builder.Services.AddControlPlane(options);
        builder.Services.AddSingleton<IRouteExplainer, RouteExplainer>();
        var application = builder.Build();
        application.MapAdminApi();
        await application.StartAsync(TestContext.Current.CancellationToken);
        return new RunningAdminApi(application);
    }

    public T Get<T>()
        where T : notnull => _application.Services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _application.StopAsync();
        await _application.DisposeAsync();
    }
}
