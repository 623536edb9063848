using System.Diagnostics;
using System.Globalization;

namespace Hybrid.Benchmarks.Tunnels;

/// <summary>
/// How long a change of one route takes to a thousand data planes, what it costs on the wire against a full push, and how soon all are back after the control plane was killed.
/// </summary>
internal static class TunnelBenchmark
{
    private const int Routes = 10_000;

    /// <summary>Changes before those that are measured, until the code is compiled on all sides.</summary>
    private const int WarmUp = 10;

    /// <param name="json">Where the figures are written as well; null for nowhere.</param>
    public static async Task RunAsync(int instances, int changes, string? json)
    {
        await using var topology = new TunnelTopology();
        await topology.PrepareAsync();
        await topology.StartControlPlaneAsync();
        await topology.LoadRoutesAsync(Routes);
        var head = await topology.HeadAsync();

        Console.WriteLine($"{instances} simulated instances and {TunnelTopology.Sites} data planes connect to one control plane with {Routes:N0} routes…");
        await topology.StartDataPlanesAsync();
        var clock = Stopwatch.StartNew();
        topology.StartSimulator(instances);
        await topology.SimulatorSaysAsync("connected");
        var first = await topology.SimulatorSaysAsync($"acknowledged {head} ");
        var figures = new TunnelFigures
        {
            Instances = instances,
            DataPlanes = TunnelTopology.Sites,
            Routes = Routes,
            FirstSync = clock.Elapsed.TotalSeconds,
            FullPushBytes = Bytes(first) / (double)instances,
        };

        await MeasureChangesAsync(topology, head, WarmUp, Bytes(first), new TunnelFigures { Instances = instances, DataPlanes = 0, Routes = 0, FirstSync = 0, FullPushBytes = 0 });
        var warm = await topology.SimulatorSaysAsync($"acknowledged {head + WarmUp} ");
        await MeasureChangesAsync(topology, head + WarmUp, changes, Bytes(warm), figures);
        await MeasureRestartAsync(topology, figures);
        figures.Print();
        if (json is not null)
        {
            await File.WriteAllTextAsync(json, figures.ToJson());
        }
    }

    private static async Task MeasureChangesAsync(TunnelTopology topology, long head, int changes, double received, TunnelFigures figures)
    {
        var (control, simulator, plane) = (Usage(topology.ControlPlane), Usage(topology.Simulator), Usage(topology.DataPlanes[0]));
        var clock = Stopwatch.StartNew();
        for (var change = 1; change <= changes; change++)
        {
            var name = $"change-{head + change}";
            var begin = Stopwatch.GetTimestamp();
            await topology.AddRouteAsync(name);
            figures.Written.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
            var routed = topology.RoutedEverywhereAsync(name).ContinueWith(_ => Stopwatch.GetElapsedTime(begin).TotalMilliseconds, TaskScheduler.Default);
            var line = await topology.SimulatorSaysAsync($"acknowledged {head + change} ");
            figures.Routed.Add(await routed);

            var times = line[3].Split(',').Select(time => (long.Parse(time, CultureInfo.InvariantCulture) - begin) * 1000d / Stopwatch.Frequency).ToArray();
            figures.Acknowledged.AddRange(times);
            figures.AcknowledgedByAll.Add(times.Max());
            figures.ChangeBytes.Add((Bytes(line) - received) / figures.Instances);
            received = Bytes(line);
        }

        var seconds = clock.Elapsed.TotalSeconds;
        figures.Seconds = seconds;
        figures.ControlPlaneCpu = (Usage(topology.ControlPlane).Cpu - control.Cpu) / changes;
        figures.SimulatorCpu = (Usage(topology.Simulator).Cpu - simulator.Cpu) / changes;
        figures.DataPlaneCpu = (Usage(topology.DataPlanes[0]).Cpu - plane.Cpu) / changes;
        figures.ControlPlaneMemory = Usage(topology.ControlPlane).Memory;
        figures.ControlPlanePeak = Usage(topology.ControlPlane).PeakMemory;
        figures.DataPlaneMemory = topology.DataPlanes.Max(process => Usage(process).Memory);
    }

    private static async Task MeasureRestartAsync(TunnelTopology topology, TunnelFigures figures)
    {
        var connections = topology.SimulatorSaid("connected");
        var begin = Stopwatch.GetTimestamp();
        await topology.KillControlPlaneAsync();
        await topology.StartControlPlaneAsync();
        var back = await topology.SimulatorSaysAsync("connected", after: connections);
        figures.AllBack = (long.Parse(back[1], CultureInfo.InvariantCulture) - begin) / (double)Stopwatch.Frequency;

        // They are back when they get the next change, too.
        var head = await topology.HeadAsync();
        await topology.AddRouteAsync("after-the-restart");
        await topology.SimulatorSaysAsync($"acknowledged {head + 1} ");
        await topology.RoutedEverywhereAsync("after-the-restart");
        figures.RestartPeak = Usage(topology.ControlPlane).PeakMemory;
    }

    private static ProcessUsage Usage(Hybrid.Testing.RunningProcess process) => ProcessUsage.Of(process.Id);

    private static double Bytes(string[] line) => double.Parse(line[2], CultureInfo.InvariantCulture);
}
