using System.Text.Json.Nodes;
using Gateway.ControlPlane.Store.Databases;
using Gateway.ControlPlane.Store.Reading;
using Gateway.ControlPlane.Store.Sealing;
using Gateway.ControlPlane.Store.Writing;
using Gateway.Model.Schemas;
using Gateway.Tunnel.Publication;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gateway.ControlPlane.Tests.Fixtures;

/// <summary>A control plane's store, started as the executable starts it.</summary>
internal sealed class RunningStore : IAsyncDisposable
{
    /// <summary>The secrets of a plugin that has some, whichever the catalogue knows.</summary>
    public static readonly SecretFields Secrets = new(name => name == "secretive"
        ? [new FieldSchema("redis", FieldType.Record) { Fields = [new FieldSchema("host", FieldType.String), new FieldSchema("password", FieldType.String) { Secret = true }] }]
        : null);

    private readonly ServiceProvider _services;
    private readonly List<IHostedService> _started = [];

    private RunningStore(ServiceProvider services) => _services = services;

    public RevisionWriter Writer => Get<RevisionWriter>();

    public ConfigurationReader Reader => Get<ConfigurationReader>();

    public IRevisionLog Log => Get<IRevisionLog>();

    public StoreDatabase Database => Get<StoreDatabase>();

    public static async Task<RunningStore> StartAsync(ControlPlaneOptions options, TimeProvider? time = null, ILoggerProvider? log = null)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging =>
        {
            if (log is not null)
            {
                logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log);
            }
        });
        if (time is not null)
        {
            services.AddSingleton(time);
        }

        services.AddControlPlane(options);
        services.AddSingleton<ISecretFields>(Secrets);
        var store = new RunningStore(services.BuildServiceProvider());
        try
        {
            foreach (var service in store._services.GetServices<IHostedService>())
            {
                await service.StartAsync(TestContext.Current.CancellationToken);
                store._started.Add(service);
            }
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }

        return store;
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public async Task<long> PutAsync(string kind, JsonObject entity)
    {
        var outcome = await TryPutAsync(kind, entity);
        Assert.Null(outcome.Error);
        return outcome.Value!.Revision;
    }

    public Task<Result<Committed<bool>>> TryPutAsync(string kind, JsonObject entity) => Writer.WriteAsync<bool>(
        new WriteOrigin("tester", "127.0.0.1", "admin"),
        alone: false,
        async (session, token) => await session.PutAsync(kind, entity, token) is { } error ? error : true,
        TestContext.Current.CancellationToken);

    public Task<Result<Committed<bool>>> TryDeleteAsync(string kind, Guid id) => Writer.WriteAsync<bool>(
        new WriteOrigin("tester", "127.0.0.1", "admin"),
        alone: false,
        async (session, token) => await session.DeleteAsync(kind, id, token) is { } error ? error : true,
        TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        foreach (var service in Enumerable.Reverse(_started))
        {
            await service.StopAsync(CancellationToken.None);
        }

        await _services.DisposeAsync();
    }
}
