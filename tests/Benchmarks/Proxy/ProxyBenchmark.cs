using Hybrid.Testing;

namespace Hybrid.Benchmarks.Proxy;

/// <summary>
/// A data plane beside the proxies that its users compare it with: the same upstream and client, one core for the proxy, interleaved samples in one run. Throughput is quoted per second of the
/// proxy's CPU, which a noisy machine disturbs least.
/// </summary>
internal static class ProxyBenchmark
{
    private const int Connections = 64;

    public static async Task RunAsync(bool quick, string? only, string? json)
    {
        Programs.Require("nginx", "wrk", "h2load", "haproxy", "caddy");
        var plan = quick ? new Plan(Samples: 5, Seconds: 2, WarmUp: 6) : new Plan(Samples: 11, Seconds: 4, WarmUp: 30);
        using var folder = new TemporaryFolder();
        var ports = FreePorts.Base([.. Enumerable.Range(0, 60)]);
        await using var peers = new PeerProcesses(folder, ports);
        await using var gateway = new GatewayUnderTest(folder, ports);
        peers.StartUpstream();
        await gateway.PrepareAsync();
        await gateway.LoadAsync(peers.UpstreamPort, otherRoutes: 0);
        peers.SetCertificate(gateway.ServerCertificate.Certificate, gateway.ServerCertificate.Key);

        var client = new LoadClient(folder);
        var report = new Report(plan);
        var direct = await gateway.StartDataPlaneAsync("gateway");
        var nginx = peers.StartNginxProxy();

        await Scenario("plain", "HTTP/1.1, 1 KiB", async () =>
            [nginx, direct, await gateway.StartDataPlaneAsync("gateway, general client", "general"), peers.StartStockYarp(), peers.StartHaProxy(), peers.StartCaddy()]);
        await Scenario("policies", "a key, a rate limit and a correlation id", async () =>
            [await Started(peers.StartNginxLua()), direct.At("/policies") with { Headers = ["apikey: bench-key"] }, nginx]);
        await Scenario("64k", "64 KiB bodies", () => Task.FromResult<Peer[]>([nginx.At("/bench/64k"), direct.At("/bench/64k")]));
        await Scenario("10m", "10 MiB bodies", () => Task.FromResult<Peer[]>([nginx.At("/bench/10m"), direct.At("/bench/10m")]), connections: 4);

        var nginxTls = peers.StartNginxProxy(tls: true);
        var directTls = await gateway.StartDataPlaneAsync("gateway", tls: true);
        await Scenario("tls", "HTTP/1.1 over TLS, 1 KiB", () => Task.FromResult<Peer[]>([nginxTls, directTls]));
        await Scenario("http2", "HTTP/2 over TLS, 1 KiB", () => Task.FromResult<Peer[]>([nginxTls, directTls]), http2: true);
        if (Wanted("rate"))
        {
            await FixedRateAsync(client, report, plan, nginx, direct);
        }

        foreach (var routes in (int[])[10_000, 100_000])
        {
            if (!Wanted($"{routes / 1000}k-routes") && !(routes == 100_000 && Wanted("changes")))
            {
                continue;
            }

            await gateway.LoadAsync(peers.UpstreamPort, routes);
            var many = await gateway.StartDataPlaneAsync($"gateway, {routes:N0} routes");
            using var alone = await SmallTwinAsync(peers, ports);
            await Scenario($"{routes / 1000}k-routes", $"{routes:N0} routes beside one", () => Task.FromResult<Peer[]>([alone.Peer, many.At("/bench")]));
            if (routes == 100_000 && Wanted("changes"))
            {
                await ChangesAsync(client, report, plan, gateway, many);
            }
        }

        report.Print();
        if (json is not null)
        {
            await File.WriteAllTextAsync(json, report.ToJson());
        }

        bool Wanted(string name) => only is null || only.Split(',').Contains(name, StringComparer.Ordinal);

        async Task Scenario(string name, string title, Func<Task<Peer[]>> contestants, int connections = Connections, bool http2 = false)
        {
            if (!Wanted(name))
            {
                return;
            }

            var all = await contestants();
            foreach (var peer in all)
            {
                await Started(peer);
                await Run(peer, plan.WarmUp);
            }

            for (var sample = 0; sample < plan.Samples; sample++)
            {
                foreach (var peer in all)
                {
                    report.Add(name, title, peer.Name, await Run(peer, plan.Seconds));
                }
            }

            Task<Sample> Run(Peer peer, int seconds) => http2
                ? client.RunH2LoadAsync(peer, 16, 8, seconds, rate: null, http1: false)
                : client.RunAsync(peer, connections, seconds);
        }
    }

    /// <summary>A second gateway, with nothing but the route that is measured.</summary>
    private static async Task<Twin> SmallTwinAsync(PeerProcesses peers, int ports)
    {
        var folder = new TemporaryFolder();
        var gateway = new GatewayUnderTest(folder, FreePorts.Base([.. Enumerable.Range(0, 60)]));
        await gateway.PrepareAsync();
        await gateway.LoadAsync(peers.UpstreamPort, otherRoutes: 0);
        return new Twin(folder, gateway, await gateway.StartDataPlaneAsync("gateway, one route"));
    }

    /// <summary>70 % of what nginx can, offered to both at a fixed rate.</summary>
    private static async Task FixedRateAsync(LoadClient client, Report report, Plan plan, Peer nginx, Peer direct)
    {
        var saturation = Statistics.Median([
            (await client.RunAsync(nginx, Connections, plan.Seconds)).RequestsPerSecond,
            (await client.RunAsync(nginx, Connections, plan.Seconds)).RequestsPerSecond,
            (await client.RunAsync(nginx, Connections, plan.Seconds)).RequestsPerSecond]);
        for (var sample = 0; sample < plan.Samples; sample++)
        {
            foreach (var peer in (Peer[])[nginx, direct])
            {
                report.Add("rate", $"offered {0.7 * saturation:N0} requests/s, 70 % of nginx's most", peer.Name, await client.RunH2LoadAsync(peer, Connections, 1, plan.Seconds, 0.7 * saturation, http1: true));
            }
        }
    }

    /// <summary>The same load with and without a change of a route twice a second.</summary>
    private static async Task ChangesAsync(LoadClient client, Report report, Plan plan, GatewayUnderTest gateway, Peer many)
    {
        var number = 0;
        for (var sample = 0; sample < plan.Samples; sample++)
        {
            report.Add("changes", "changes among 100,000 routes", "none", await client.RunAsync(many, Connections, plan.Seconds));
            using var stop = new CancellationTokenSource();
            var changing = ChangeAsync(stop.Token);
            report.Add("changes", "changes among 100,000 routes", "two a second", await client.RunAsync(many, Connections, plan.Seconds));
            await stop.CancelAsync();
            await changing;
        }

        async Task ChangeAsync(CancellationToken cancellationToken)
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
            do
            {
                await gateway.ChangeRouteAsync(++number);
            }
            while (await Ticks(timer, cancellationToken));
        }

        static async Task<bool> Ticks(PeriodicTimer timer, CancellationToken cancellationToken)
        {
            try
            {
                return await timer.WaitForNextTickAsync(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                return false;
            }
        }
    }

    private static async Task<Peer> Started(Peer peer)
    {
        // On loopback, with a certificate that was made for this run.
#pragma warning disable CA5359
        using var http = new HttpClient(new SocketsHttpHandler { SslOptions = new() { RemoteCertificateValidationCallback = (_, _, _, _) => true } });
#pragma warning restore CA5359
        foreach (var header in peer.Headers)
        {
            http.DefaultRequestHeaders.Add(header.Split(": ")[0], header.Split(": ")[1]);
        }

        await Eventually.TrueAsync(async () => (await http.GetAsync(peer.Url)).IsSuccessStatusCode, TimeSpan.FromMinutes(3), $"{peer.Name} serves {peer.Url}");
        return peer;
    }

    private sealed record Twin(TemporaryFolder Folder, GatewayUnderTest Gateway, Peer Peer) : IDisposable
    {
        public void Dispose()
        {
            Gateway.DisposeAsync().AsTask().GetAwaiter().GetResult();
            Folder.Dispose();
        }
    }
}
