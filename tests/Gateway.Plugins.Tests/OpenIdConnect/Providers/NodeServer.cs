using System.Diagnostics;
using System.Text;

namespace Gateway.Plugins.Tests.OpenIdConnect.Providers;

/// <summary>A server that runs on Node.js, in a process of its own.</summary>
internal sealed class NodeServer : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _said = new();

    private NodeServer(Process process) => _process = process;

    /// <summary>Where the servers are: put there by <c>npm install --prefix artifacts/npm oidc-provider@9.13.3 cognito-local@5.3.0</c>.</summary>
    public static string Modules { get; } = FindModules();

    /// <param name="ready">What it says once it serves.</param>
    public static async Task<NodeServer> StartAsync(string script, string folder, string ready, params (string Name, string Value)[] environment)
    {
        if (!Directory.Exists(Modules))
        {
            Assert.Skip($"{Modules} is missing; npm install --prefix artifacts/npm oidc-provider@9.13.3 cognito-local@5.3.0");
        }

        var start = new ProcessStartInfo("node") { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(script);
        start.Environment["NODE_MODULES"] = Modules;
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var server = new NodeServer(Process.Start(start)!);
        var isReady = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Hear(object sender, DataReceivedEventArgs line)
        {
            lock (server._said)
            {
                server._said.AppendLine(line.Data);
            }

            if (line.Data?.Contains(ready, StringComparison.OrdinalIgnoreCase) is true)
            {
                isReady.TrySetResult();
            }
        }

        server._process.OutputDataReceived += Hear;
        server._process.ErrorDataReceived += Hear;
        server._process.BeginOutputReadLine();
        server._process.BeginErrorReadLine();
        await Task.WhenAny(isReady.Task, server._process.WaitForExitAsync(), Task.Delay(TimeSpan.FromSeconds(60)));
        if (!isReady.Task.IsCompleted)
        {
            await server.DisposeAsync();
            Assert.Fail($"{script} did not start: {server._said}");
        }

        return server;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private static string FindModules()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Infra.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("Not within the repository.");
        }

        return Path.Combine(folder.FullName, "artifacts", "npm", "node_modules");
    }
}
