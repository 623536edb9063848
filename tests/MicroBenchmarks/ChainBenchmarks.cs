using System.Net;
using System.Security.Cryptography;
using System.Text;
using BenchmarkDotNet.Attributes;
using Gateway.DataPlane;
using Gateway.DataPlane.Configuration;
using Gateway.DataPlane.Hosting;
using Gateway.DataPlane.Model;
using Gateway.DataPlane.Pipeline;
using Gateway.DataPlane.Telemetry;
using Gateway.DataPlane.Tests.Hosting.Support;
using Gateway.Model;
using Gateway.Model.Entities;
using Gateway.Plugins;
using Gateway.Tunnel.Subscription;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Hybrid.MicroBenchmarks;

/// <summary>All phases of a request's plugins, in a data plane as it runs.</summary>
[MemoryDiagnoser]
public class ChainBenchmarks
{
    private const string Key = "a key of some length";

    private readonly ProxyConnection _connection = new(peer: null, localPort: 0, isTrusted: false);
    private readonly DefaultHttpContext _http = new();
    private WebApplication _app = null!;
    private PhaseRunner _phases = null!;
    private RuntimeConfiguration _configuration = null!;
    private RoutePlan _plan = null!;
    private RequestContext _context = null!;

    [Params("none", "key-auth", "key-auth, rate-limiting, correlation-id")]
    public string Plugins { get; set; } = "none";

    [GlobalSetup]
    public async Task SetupAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddPlugins().AddDataPlane(static options =>
        {
            options.ProxyListeners = [new ProxyListener(new IPEndPoint(IPAddress.Loopback, 0))];
            options.StatusListeners = [new IPEndPoint(IPAddress.Loopback, 0)];
        });
        _app = builder.Build();
        var configuration = new ConfigurationBuilder();
        var route = configuration.Route("x", configuration.Service("x", new Uri("http://127.0.0.1:1")), static route => route with { Paths = ["/x"] });
        AddKey(configuration, configuration.Consumer("ann"));
        if (Plugins.Contains("key-auth", StringComparison.Ordinal))
        {
            configuration.Plugin("key-auth");
        }

        if (Plugins.Contains("rate-limiting", StringComparison.Ordinal))
        {
            configuration.Plugin("rate-limiting", new() { ["minute"] = 1_000_000_000 });
            configuration.Plugin("correlation-id", new() { ["echo_downstream"] = true });
        }

        var applied = await _app.Services.GetRequiredService<IConfigurationTarget>().ApplyAsync(configuration.Snapshot(), CancellationToken.None);
        if (!applied.IsApplied)
        {
            throw new InvalidOperationException(string.Join("; ", applied.Errors));
        }

        _phases = _app.Services.GetRequiredService<PhaseRunner>();
        _configuration = _app.Services.GetRequiredService<ConfigurationStore>().Current;
        _plan = new RoutePlan(_configuration, _configuration.Routes[route], _app.Services.GetRequiredService<RequestMetrics>());
        _context = new RequestContext(responses: null!);
        _http.Request.Headers["apikey"] = Key;
    }

    [GlobalCleanup]
    public async Task CleanupAsync() => await _app.DisposeAsync();

    [Benchmark]
    public bool Pass()
    {
        _context.Begin(_http, _connection, _configuration, "id");
        ConsumerHeaders.Clear(_http.Request.Headers);
        _http.Request.Headers.Remove("Kong-Request-ID");
        _http.Response.Headers.Remove("Kong-Request-ID");
        _context.Plan = _plan;
        _context.Chain = _plan.Chain;
        var passes = Passes(_phases.AccessAsync(_context)) && Passes(_phases.ResponseAsync(_context)) && Passes(_phases.LogAsync(_context));
        _context.End();
        return passes;
    }

    // These plugins wait for nothing.
    private static bool Passes(ValueTask<GatewayResponse?> phase) => phase.IsCompletedSuccessfully && phase.Result is null;

    private static void AddKey(ConfigurationBuilder configuration, Guid consumer)
    {
        byte[] secret = [.. Enumerable.Range(1, 32).Select(static value => (byte)value)];
        configuration.Put(EntityKinds.CredentialHashKeys, new CredentialHashKey { Id = Guid.NewGuid(), Secret = Convert.ToBase64String(secret) }, ModelJson.Default.CredentialHashKey);
        configuration.Put(
            EntityKinds.KeyAuthCredentials,
            new KeyAuthCredential { Id = Guid.NewGuid(), Consumer = new EntityReference(consumer), KeyHash = Convert.ToHexStringLower(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(Key))) },
            ModelJson.Default.KeyAuthCredential);
    }
}
