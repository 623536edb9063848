using System.Globalization;

namespace Hybrid.Benchmarks;

/// <summary>What Linux says that a process has used.</summary>
/// <param name="Cpu">Seconds of CPU, in user and kernel mode, since its start.</param>
/// <param name="Memory">MiB resident now.</param>
/// <param name="PeakMemory">MiB resident at most, since its start.</param>
internal sealed record ProcessUsage(double Cpu, double Memory, double PeakMemory)
{
    private const double TicksPerSecond = 100;
    private const double KibPerMib = 1024;

    public static ProcessUsage Of(int pid)
    {
        // The second field is the name in brackets, which may hold blanks; user and system time are the 14th and 15th.
        var stat = File.ReadAllText($"/proc/{pid}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        var cpu = (double.Parse(fields[11], CultureInfo.InvariantCulture) + double.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksPerSecond;
        var status = File.ReadAllLines($"/proc/{pid}/status");
        return new ProcessUsage(cpu, Kib("VmRSS:") / KibPerMib, Kib("VmHWM:") / KibPerMib);

        double Kib(string name) => double.Parse(
            status.First(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture);
    }
}
