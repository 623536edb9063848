using Hybrid.Testing;

namespace EndToEnd.Tests;

/// <summary>A PATH with what the script needs, and no Pulumi CLI but what a test puts there.</summary>
internal sealed class PathWithoutPulumi : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private PathWithoutPulumi()
    {
    }

    public IReadOnlyDictionary<string, string?> Environment => new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["PATH"] = string.Join(
            Path.PathSeparator,
            [_folder.FullName, .. System.Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Where(folder => !File.Exists(Path.Combine(folder, "pulumi")))]),
    };

    public static PathWithoutPulumi Create() => new();

    /// <summary>A CLI that only notes that it was called.</summary>
    /// <returns>Where it notes it.</returns>
    public string AddPulumi()
    {
        var script = _folder.PathOf("pulumi");
        var called = _folder.PathOf("called");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        }

        using var writer = new StreamWriter(script, options);
        writer.Write($"#!/bin/sh\ntouch '{called}'\n");
        return called;
    }

    public void Dispose() => _folder.Dispose();
}
