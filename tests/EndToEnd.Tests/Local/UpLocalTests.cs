using System.Net;
using System.Net.Sockets;
using Hybrid.Testing;

namespace EndToEnd.Tests.Local;

/// <summary>Starting and stopping, as seen from a terminal.</summary>
public sealed class UpLocalTests
{
    private static readonly TimeSpan BuildLimit = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task It_becomes_ready_prints_curl_lines_that_work_and_leaves_no_process_after_Ctrl_C()
    {
        using var folder = new TemporaryFolder();
        var from = FreePorts.Base(0, 1, 5, 6, 7, 10, 81, 82, 100, 110);
        // A shell that starts something in the background has it ignore Ctrl-C, which all below it would inherit.
        await using var up = RunningProcess.Start("env", ["--default-signal=INT", HybridScript.Path, "up", "local", "--ports-from", $"{from}", "--state", folder.PathOf("state")]);
        await up.LineAsync(line => line.StartsWith("Ready in ", StringComparison.Ordinal), BuildLimit);
        await up.LineAsync(line => line.Contains("Ctrl-C", StringComparison.Ordinal));

        var curls = up.Lines.Select(line => line.Trim()).Where(line => line.StartsWith("curl ", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, curls.Count);
        foreach (var curl in curls)
        {
            var answer = await RunningProcess.RunAsync("/bin/sh", ["-c", curl + " -sS"]);
            Assert.True(answer.ExitCode == 0, answer.Error);
            Assert.Contains("Rex", answer.Output, StringComparison.Ordinal);
        }

        await up.LineAsync(line => line.Contains("data plane on-prem connected", StringComparison.Ordinal));
        await up.LineAsync(line => line.Contains("data plane cloud connected", StringComparison.Ordinal));
        await up.LineAsync(line => line.Contains("applied by on-prem and cloud", StringComparison.Ordinal));

        var status = LocalStatus.Parse((await HybridScript.RunAsync("status", "local", "--json", "--state", folder.PathOf("state"))).Output);
        var pids = status.Pids.ToList();
        Assert.Equal(4, pids.Count);

        up.Send(Signal.Interrupt);
        Assert.Equal(0, await up.ExitCodeAsync());
        Assert.All(pids, pid => Assert.False(RunningProcess.IsRunning(pid)));
    }

    [Fact]
    public async Task A_second_start_keeps_what_the_user_changed()
    {
        await using var instance = new LocalInstance();
        await instance.InitializeAsync();
        var path = await instance.AddRouteAsync();
        await HybridScript.RunAsync("down", "local", "--state", instance.State);

        await instance.InitializeAsync();

        await Eventually.TrueAsync(async () => await instance.GetAsync(instance.Proxies[0], path) == HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_taken_port_gives_one_line_that_names_it()
    {
        using var folder = new TemporaryFolder();
        var from = FreePorts.Base(0, 1, 5, 6, 7, 10, 81, 82, 100, 110);
        using var other = new TcpListener(IPAddress.Loopback, from + 1);
        other.Start();

        var up = await HybridScript.RunAsync("up", "local", "--ports-from", $"{from}", "--state", folder.PathOf("state"));

        Assert.Equal(1, up.ExitCode);
        Assert.Equal($"hybrid: port {from + 1} (Admin API) is taken: free it, or move all ports with --ports-from N", up.Error.TrimEnd());
    }

    [Fact]
    public async Task An_unwritable_state_folder_gives_one_line_that_names_it()
    {
        using var folder = new TemporaryFolder();
        var file = folder.PathOf("a-file");
        await File.WriteAllTextAsync(file, "");

        var up = await HybridScript.RunAsync("up", "local", "--state", Path.Combine(file, "state"));

        Assert.Equal(1, up.ExitCode);
        var line = Assert.Single(up.Error.TrimEnd().Split('\n'));
        Assert.StartsWith($"hybrid: cannot write to the state folder {file}", line, StringComparison.Ordinal);
        Assert.EndsWith("choose another with --state DIR", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_SDK_gives_one_line()
    {
        using var folder = new TemporaryFolder();
        foreach (var tool in (string[])["bash", "dirname", "env"])
        {
            File.CreateSymbolicLink(folder.PathOf(tool), $"/usr/bin/{tool}");
        }

        var up = await RunningProcess.RunAsync(HybridScript.Path, ["up", "local"], new Dictionary<string, string?> { ["PATH"] = folder.FullName });

        Assert.Equal(1, up.ExitCode);
        var line = Assert.Single(up.Error.TrimEnd().Split('\n'));
        Assert.StartsWith("hybrid: the .NET SDK 10 was not found", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_number_out_of_range_is_refused()
    {
        var up = await HybridScript.RunAsync("up", "local", "--ports-from", "80");

        Assert.Equal(1, up.ExitCode);
        Assert.Equal("hybrid: --ports-from: 80 is out of range (allowed: 1024 to 65000)", up.Error.TrimEnd());
    }

    [Fact]
    public async Task Two_instances_run_side_by_side_and_down_stops_its_own_only()
    {
        await using var first = new LocalInstance();
        await first.InitializeAsync();
        await using var second = new LocalInstance();
        await second.InitializeAsync();
        var stopped = (await first.StatusAsync()).Pids.ToList();

        var down = await HybridScript.RunAsync("down", "local", "--state", first.State);

        Assert.Equal(0, down.ExitCode);
        Assert.All(stopped, pid => Assert.False(RunningProcess.IsRunning(pid)));
        Assert.Equal(4, (await second.StatusAsync()).Pids.Count());
    }

    [Fact]
    public async Task A_state_folder_in_use_is_refused()
    {
        await using var instance = new LocalInstance();
        await instance.InitializeAsync();

        var again = await HybridScript.RunAsync("up", "local", "--ports-from", $"{FreePorts.Base(0, 1, 5, 6, 7, 10, 81, 82, 100, 110)}", "--state", instance.State);

        Assert.Equal(1, again.ExitCode);
        Assert.StartsWith($"hybrid: {instance.State} is in use", again.Error, StringComparison.Ordinal);
    }
}
