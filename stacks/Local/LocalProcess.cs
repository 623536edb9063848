using System.Diagnostics;

namespace Hybrid.Stacks.Local;

/// <summary>What to run and how to tell that it is ready.</summary>
/// <param name="Name">As `status` and `start` know it.</param>
/// <param name="Settings">Its environment, beside what any .NET process needs.</param>
/// <param name="ReadyUrl">Answers 200 once it is ready.</param>
internal sealed record LocalProcess(string Name, string Program, IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string> Settings, Uri ReadyUrl)
{
    // What a process of a pod would also find, or what the runtime needs to start at all. Nothing of ours leaks in from the caller's shell.
    private static readonly string[] Inherited = ["PATH", "HOME", "TMPDIR", "LANG", "TZ", "DOTNET_ROOT", "DOTNET_CLI_HOME"];

    /// <summary>Starts it with its output appended to a file, so that it neither needs us to read a pipe nor dies with us.</summary>
    public Process Start(string logFile)
    {
        var start = new ProcessStartInfo("/bin/sh") { UseShellExecute = false };

        // A terminal sends Ctrl-C to all of its processes at once; ours are stopped by the supervisor, in order.
        foreach (var argument in (string[])["-c", "trap '' INT; exec \"$@\" >>\"$0\" 2>&1 </dev/null", logFile, Environment.ProcessPath!, Program, .. Arguments])
        {
            start.ArgumentList.Add(argument);
        }

        var inherited = Inherited.Select(name => (name, value: Environment.GetEnvironmentVariable(name))).Where(pair => pair.value is not null).ToList();
        start.Environment.Clear();
        foreach (var (name, value) in inherited)
        {
            start.Environment[name] = value;
        }

        foreach (var (name, value) in Settings)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start) ?? throw new LocalException($"{Name} could not be started");
    }

    /// <summary>The last lines it wrote, for the message when it did not come up.</summary>
    public static string LastLines(string logFile, int count)
    {
        try
        {
            return string.Join(Environment.NewLine, File.ReadLines(logFile).TakeLast(count).Select(line => "  " + line));
        }
        catch (FileNotFoundException)
        {
            return "  (it wrote nothing)";
        }
    }
}
