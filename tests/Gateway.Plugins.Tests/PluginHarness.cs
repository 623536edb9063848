using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Gateway.DataPlane.Tests.Hosting.Support;
using Gateway.Model;
using Gateway.Model.Entities;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Plugins.Tests;

/// <summary>A real data plane with all plugins before a real upstream, with one service and its route <c>/x</c>.</summary>
public sealed class PluginHarness : IAsyncDisposable
{
    private static readonly byte[] Secret = [.. Enumerable.Range(1, 32).Select(value => (byte)value)];

    private PluginHarness(RunningUpstream upstream, RunningDataPlane plane, ManualTime time)
    {
        Upstream = upstream;
        Plane = plane;
        Time = time;
        Service = Configuration.Service("x", upstream.Url);
        Route = Configuration.Route("x", Service, route => route with { Paths = ["/x"] });
        Configuration.Put(
            EntityKinds.CredentialHashKeys, new CredentialHashKey { Id = Guid.NewGuid(), Secret = Convert.ToBase64String(Secret) }, ModelJson.Default.CredentialHashKey);
    }

    public RunningUpstream Upstream { get; }

    public RunningDataPlane Plane { get; }

    public ManualTime Time { get; }

    public ConfigurationBuilder Configuration { get; } = new();

    public Guid Service { get; }

    public Guid Route { get; }

    /// <param name="direct">Whether our own client carries plain HTTP/1.1 upstream, rather than YARP's forwarder.</param>
    public static async Task<PluginHarness> StartAsync(RequestDelegate? answer = null, bool direct = true)
    {
        var time = new ManualTime(new DateTimeOffset(2026, 5, 17, 10, 20, 30, TimeSpan.Zero));
        var upstream = await RunningUpstream.StartAsync(answer);
        var plane = await RunningDataPlane.StartAsync(
            options => options.DirectUpstreams = direct, services => services.AddPlugins().AddSingleton<TimeProvider>(time));
        return new PluginHarness(upstream, plane, time);
    }

    /// <summary>With one global plugin, applied.</summary>
    public static async Task<PluginHarness> StartAsync(string plugin, string config, RequestDelegate? answer = null, bool direct = true)
    {
        var harness = await StartAsync(answer, direct);
        harness.Configuration.Plugin(plugin, JsonNode.Parse(config)!.AsObject());
        await harness.ApplyAsync();
        return harness;
    }

    public Guid Key(Guid consumer, string key, long? ttl = null, long createdAt = 0) => Configuration.Put(
        EntityKinds.KeyAuthCredentials,
        new KeyAuthCredential
        {
            Id = Guid.NewGuid(),
            Consumer = new EntityReference(consumer),
            KeyHash = Convert.ToHexStringLower(HMACSHA256.HashData(Secret, Encoding.UTF8.GetBytes(key))),
            Ttl = ttl,
            CreatedAt = createdAt,
        },
        ModelJson.Default.KeyAuthCredential);

    public Task ApplyAsync(long revision = 1) => Plane.ApplyAsync(Configuration.Snapshot(revision));

    public async Task<Answer> GetAsync(string target = "/x", params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(target, UriKind.Relative));
        return await SendAsync(request, headers);
    }

    public async Task<Answer> SendAsync(HttpRequestMessage request, params (string Name, string Value)[] headers)
    {
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await Plane.Client.SendAsync(request);
        return new Answer(
            (int)response.StatusCode,
            response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase),
            await response.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await Plane.DisposeAsync();
        await Upstream.DisposeAsync();
    }

    /// <summary>A response, read.</summary>
    public sealed record Answer(int Status, IReadOnlyDictionary<string, string> Headers, string Body)
    {
        public string? Message => (string?)JsonNode.Parse(Body)?["message"];

        public string? Header(string name) => Headers.GetValueOrDefault(name);
    }
}
