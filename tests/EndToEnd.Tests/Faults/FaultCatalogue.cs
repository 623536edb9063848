using Hybrid.Testing;

namespace EndToEnd.Tests.Faults;

/// <summary>What can go wrong in one installation.</summary>
internal static class FaultCatalogue
{
    /// <param name="random">Chooses whom it meets and how hard.</param>
    public static Fault Choose(FaultyInstallation installation, Random random)
    {
        var index = random.Next(FaultyInstallation.DataPlanes);
        var tunnel = random.Next(2) is 0 ? installation.Cluster[index] : installation.Telemetry[index];
        var clock = random.Next(FaultyInstallation.DataPlanes + 1);
        var jump = TimeSpan.FromSeconds(random.Next(-7200, 7200));
        List<Fault> all =
        [
            Network("delay", tunnel, proxy => proxy.Delay = TimeSpan.FromMilliseconds(random.Next(5, 300)), proxy => proxy.Delay = TimeSpan.Zero),
            Network("loss", tunnel, proxy => proxy.Jitter = TimeSpan.FromMilliseconds(random.Next(50, 600)), proxy => proxy.Jitter = TimeSpan.Zero),
            Network("bandwidth", tunnel, proxy => proxy.BytesPerSecond = random.Next(2_000, 50_000), proxy => proxy.BytesPerSecond = 0),
            Network("slow reader", tunnel, proxy => proxy.BytesPerSecondToClient = random.Next(500, 5_000), proxy => proxy.BytesPerSecondToClient = 0),
            Network("stall", tunnel, proxy => proxy.Stall(), proxy => proxy.Resume()),
            Network("half-open", tunnel, proxy => proxy.Swallow(), _ => { }),
            Network("cut", tunnel, proxy => proxy.Cut(), _ => { }),
            Network("reset in mid-frame", tunnel, proxy => proxy.ResetAfter = random.Next(1, 4_000), proxy => proxy.ResetAfter = 0),
            Network("refuse", tunnel, Refuse, proxy => proxy.Refuse = false),
            new("control plane killed", installation.KillControlPlaneAsync, installation.StartControlPlaneAsync),
            new($"data plane {index} killed", () => installation.KillDataPlaneAsync(index), () => installation.StartDataPlaneAsync(index)),
        ];
        if (installation.Postgres is { } postgres)
        {
            all.Add(new("PostgreSQL stopped", postgres.StopAsync, postgres.StartAsync));
        }

        if (installation.Disks.Count > index)
        {
            all.Add(new($"disk of data plane {index} full", Done(installation.Disks[index].Fill), Done(installation.Disks[index].Empty)));
        }

        if (installation.Clocks.Count > 0)
        {
            var jumps = new Fault($"clock {clock} jumps by {jump}", Done(() => installation.Clocks[clock].Jump(jump)), Done(() => installation.Clocks[clock].Jump(TimeSpan.Zero)));
            all.AddRange(Enumerable.Repeat(jumps, 5));
        }

        return all[random.Next(all.Count)];
    }

    private static void Refuse(FaultProxy proxy)
    {
        proxy.Refuse = true;
        proxy.Cut();
    }

    private static Fault Network(string name, FaultProxy proxy, Action<FaultProxy> begin, Action<FaultProxy> end) => new(name, Done(() => begin(proxy)), Done(() => end(proxy)));

    private static Func<Task> Done(Action action) => () =>
    {
        action();
        return Task.CompletedTask;
    };
}
