namespace EndToEnd.Tests.Faults;

/// <summary>A process's wall clock, which a test may move while it runs (libfaketime). Its monotonic clock goes on: that is what a jump is.</summary>
internal sealed class FakedClock
{
    private static readonly string? Library = new[] { "/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu" }
        .Select(folder => Path.Combine(folder, "faketime", "libfaketimeMT.so.1"))
        .FirstOrDefault(File.Exists);

    private readonly string _file;

    public FakedClock(string file)
    {
        _file = file;
        Jump(TimeSpan.Zero);
    }

    public static bool IsAvailable => Library is not null;

    public void AddTo(Dictionary<string, string?> environment)
    {
        if (Library is not null)
        {
            environment["LD_PRELOAD"] = Library;
            environment["FAKETIME_TIMESTAMP_FILE"] = _file;
            // Seconds until a jump is noticed; looking at the file at each look at the clock would slow the process down a hundredfold.
            environment["FAKETIME_CACHE_DURATION"] = "1";
            environment["DONT_FAKE_MONOTONIC"] = "1";
        }
    }

    /// <summary>Away from the true time by so much.</summary>
    public void Jump(TimeSpan by)
    {
        // In one step: it is read while we write.
        File.WriteAllText($"{_file}.new", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{by.TotalSeconds:+0;-0}\n"));
        File.Move($"{_file}.new", _file, overwrite: true);
    }
}
