using System.Collections.Concurrent;
using System.Diagnostics;

namespace Hybrid.Stacks.Local;

/// <summary>Brings the topology up, watches it, starts a part again when asked, and stops all of it.</summary>
internal sealed class LocalSupervisor(LocalLayout layout, LocalTopology topology, LocalOutput output) : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<string, Process> _processes = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _changes = new(1, 1);
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(5) };
    private readonly CancellationTokenSource _stopping = new();
    private bool _ready;

    /// <summary>Runs until the token is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stopping.Token);
        await output.StepAsync("certificates and keys", () => PrepareAsync(both.Token));
        await output.StepAsync("sample upstream", () => StartAndAwaitAsync(LocalTopology.Upstream, both.Token));
        await output.StepAsync("control plane", () => StartAndAwaitAsync(LocalTopology.ControlPlane, both.Token));
        var admin = new LocalAdmin(_http, LocalTopology.Url(topology.Ports.Admin));
        await output.StepAsync("sample configuration", () => admin.LoadSampleAsync(layout.Sample, topology.Ports, both.Token));
        await output.StepAsync("data planes", () => Task.WhenAll(LocalTopology.Sites.Select(site => StartAndAwaitAsync(site, both.Token))));
        await output.StepAsync("configuration at the data planes", () =>
            Task.WhenAll(LocalTopology.Sites.Select(site =>
                AwaitAnswerAsync(site, LocalTopology.Url(topology.Ports.ProxyStatus(LocalTopology.Index(site)), "/status/ready"), both.Token))));

        _ready = true;
        await SaveAsync(both.Token);
        output.Ready(topology);

        using var control = new LocalControl(layout, StartAgainAsync);
        var watcher = new ClusterWatcher(admin, output);
        await Task.WhenAll(control.ServeAsync(both.Token), watcher.WatchAsync(both.Token));
    }

    /// <summary>Asks every process to stop, data planes first, and sees to it that none is left.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await _changes.WaitAsync();
        try
        {
            // Data planes report their last counts to the control plane as they stop.
            await StopAsync(LocalTopology.Sites);
            await StopAsync([LocalTopology.ControlPlane]);
            await StopAsync([LocalTopology.Upstream]);
            File.Delete(layout.StateFile);
        }
        finally
        {
            _changes.Release();
        }
    }

    private async Task StopAsync(IReadOnlyList<string> names)
    {
        var running = names.Select(name => (name, process: _processes.GetValueOrDefault(name))).Where(part => part.process is { HasExited: false }).ToList();
        running.ForEach(part => Posix.Terminate(part.process!.Id));
        using var limit = new CancellationTokenSource(StopLimit);
        foreach (var (name, process) in running)
        {
            try
            {
                await process!.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                output.Problem($"{name} did not stop within {StopLimit.TotalSeconds:0} s and was killed");
                process!.Kill();
                await process.WaitForExitAsync(CancellationToken.None);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        foreach (var process in _processes.Values)
        {
            process.Dispose();
        }

        _http.Dispose();
        _changes.Dispose();
        _stopping.Dispose();
    }

    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await RunToolAsync(
            ["certs", "init", layout.Certificates, "--trust-domain", LocalTopology.TrustDomain, .. LocalTopology.Sites.SelectMany(site => (string[])["--site", site])],
            cancellationToken);
        await RunToolAsync(["keys", "init", layout.Keyring, .. LocalTopology.Sites.Select(layout.CacheKey)], cancellationToken);
    }

    private async Task RunToolAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var argument in (string[])[layout.GatewayProgram, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start) ?? throw new LocalException($"gateway {arguments[0]} could not be started");
        var outputText = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errorText = await process.StandardError.ReadToEndAsync(cancellationToken);
        _ = await outputText;
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
        {
            throw new LocalException(errorText.Trim());
        }
    }

    private async Task<string> StartAgainAsync(string name, CancellationToken cancellationToken)
    {
        if (!LocalTopology.Names.Contains(name, StringComparer.Ordinal))
        {
            throw new LocalException($"there is no '{name}' here (allowed: {string.Join(", ", LocalTopology.Names)})");
        }

        if (_processes.TryGetValue(name, out var running) && !running.HasExited)
        {
            throw new LocalException($"{name} is running (pid {running.Id})");
        }

        await StartAndAwaitAsync(name, cancellationToken);
        return $"{name} started (pid {_processes[name].Id})";
    }

    private async Task StartAndAwaitAsync(string name, CancellationToken cancellationToken)
    {
        var definition = topology.Process(name);
        await _changes.WaitAsync(cancellationToken);
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            var process = definition.Start(layout.Log(name));
            _processes[name] = process;
            process.EnableRaisingEvents = true;
            process.Exited += (_, _) => Exited(name, process);
            Save();
        }
        finally
        {
            _changes.Release();
        }

        await AwaitAnswerAsync(name, definition.ReadyUrl, cancellationToken);
    }

    private void Exited(string name, Process process)
    {
        if (!_stopping.IsCancellationRequested && _ready)
        {
            output.Event($"{name} stopped ({ExitReason(process.ExitCode)}); start it with: ./hybrid start local {name}");
        }
    }

    // A shell's convention, which .NET follows: 128 plus the signal's number.
    private static string ExitReason(int code) => code > 128 ? $"signal {code - 128}" : $"exit code {code}";

    private async Task AwaitAnswerAsync(string name, Uri url, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(StartLimit);
        try
        {
            while (true)
            {
                if (_processes[name].HasExited)
                {
                    throw new LocalException(
                        $"{name} stopped while starting ({ExitReason(_processes[name].ExitCode)}); the end of {layout.Log(name)}:{Environment.NewLine}{LocalProcess.LastLines(layout.Log(name), 5)}");
                }

                if (await AnswersAsync(url, limit.Token))
                {
                    return;
                }

                await Task.Delay(50, limit.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new LocalException(
                $"{name} did not become ready within {StartLimit.TotalSeconds:0} s ({url}); the end of {layout.Log(name)}:{Environment.NewLine}{LocalProcess.LastLines(layout.Log(name), 5)}");
        }
    }

    private async Task<bool> AnswersAsync(Uri url, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _http.GetAsync(url, cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private async Task SaveAsync(CancellationToken cancellationToken)
    {
        await _changes.WaitAsync(cancellationToken);
        try
        {
            Save();
        }
        finally
        {
            _changes.Release();
        }
    }

    private void Save()
    {
        using var self = Process.GetCurrentProcess();
        var running = _processes.Where(pair => !pair.Value.HasExited).ToDictionary(pair => pair.Key, pair => RecordedProcess.Of(pair.Value), StringComparer.Ordinal);
        new LocalState(RecordedProcess.Of(self), topology.Ports.From, _ready, running).Write(layout);
    }
}
