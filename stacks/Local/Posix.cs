using System.Runtime.InteropServices;

namespace Hybrid.Stacks.Local;

/// <summary>What .NET has no call for.</summary>
internal static partial class Posix
{
    private const int SigTerm = 15;

    /// <summary>Asks a process to stop. It may be gone already.</summary>
    public static void Terminate(int pid) => _ = Kill(pid, SigTerm);

    /// <summary>Leaves the terminal's session, so that closing the terminal does not end us.</summary>
    public static void BeginSession() => _ = SetSid();

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int pid, int signal);

    [LibraryImport("libc", EntryPoint = "setsid", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetSid();
}
