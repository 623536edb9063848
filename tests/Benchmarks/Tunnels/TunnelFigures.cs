using System.Text.Json;
using Spectre.Console;

namespace Hybrid.Benchmarks.Tunnels;

/// <summary>What was measured. Times of changes are in milliseconds, CPU in seconds per change, memory in MiB.</summary>
internal sealed class TunnelFigures
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public required int Instances { get; init; }

    public required int DataPlanes { get; init; }

    public required int Routes { get; init; }

    /// <summary>Seconds until every simulated instance had the whole configuration.</summary>
    public required double FirstSync { get; init; }

    /// <summary>Per instance, as ciphertext: what a full push costs.</summary>
    public required double FullPushBytes { get; init; }

    /// <summary>Until the Admin API answered.</summary>
    public List<double> Written { get; } = [];

    /// <summary>From the request to the Admin API to each instance's acknowledgement.</summary>
    public List<double> Acknowledged { get; } = [];

    /// <summary>To the last one's.</summary>
    public List<double> AcknowledgedByAll { get; } = [];

    /// <summary>Until each real data plane routed by it.</summary>
    public List<double> Routed { get; } = [];

    /// <summary>Per instance, as ciphertext, heartbeats included.</summary>
    public List<double> ChangeBytes { get; } = [];

    public double Seconds { get; set; }

    public double ControlPlaneCpu { get; set; }

    public double SimulatorCpu { get; set; }

    public double DataPlaneCpu { get; set; }

    public double ControlPlaneMemory { get; set; }

    public double ControlPlanePeak { get; set; }

    public double DataPlaneMemory { get; set; }

    /// <summary>Seconds from the kill to the last welcome.</summary>
    public double AllBack { get; set; }

    public double RestartPeak { get; set; }

    public string ToJson() => JsonSerializer.Serialize(this, Indented);

    public void Print()
    {
        var table = new Table().AddColumns("", "p50", "p99", "most");
        Add("change written by the Admin API, ms", Written);
        Add("… acknowledged by an instance, ms", Acknowledged);
        Add("… acknowledged by all instances, ms", AcknowledgedByAll);
        Add("… routed by all data planes, ms", Routed);
        Add("bytes per instance and change", ChangeBytes);
        AnsiConsole.Write(table);
        var bytes = Statistics.Median(ChangeBytes);
        Console.WriteLine($"full push per instance: {FullPushBytes:N0} bytes, {FullPushBytes / bytes:N0} times a change's");
        Console.WriteLine($"first synchronisation of all: {FirstSync:0.0} s");
        Console.WriteLine($"CPU per change: control plane {ControlPlaneCpu * 1000:0} ms, all simulators {SimulatorCpu * 1000:0} ms, a data plane {DataPlaneCpu * 1000:0} ms ({Environment.ProcessorCount} cores shared by all)");
        Console.WriteLine($"memory: control plane {ControlPlaneMemory:0} MiB (at most {ControlPlanePeak:0}), a data plane at most {DataPlaneMemory:0} MiB");
        Console.WriteLine($"control plane killed and started again: all {Instances:N0} back after {AllBack:0.0} s, at most {RestartPeak:0} MiB");

        void Add(string name, List<double> values) =>
            table.AddRow(name, $"{Statistics.Median(values):N0}", $"{Statistics.Quantile(values, 0.99):N0}", $"{values.Max():N0}");
    }
}
