using System.Diagnostics;

namespace Hybrid.Stacks.Local;

/// <summary>A process by its id and, since ids are used again, the time it started.</summary>
/// <param name="Started">Unix time in milliseconds.</param>
internal sealed record RecordedProcess(int Pid, long Started)
{
    public static RecordedProcess Of(Process process) =>
        new(process.Id, new DateTimeOffset(process.StartTime).ToUnixTimeMilliseconds());

    public bool IsRunning()
    {
        try
        {
            using var process = Process.GetProcessById(Pid);
            // Start times are computed from the boot time and differ by some milliseconds between readings.
            return !process.HasExited && Math.Abs(new DateTimeOffset(process.StartTime).ToUnixTimeMilliseconds() - Started) < 2000;
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
