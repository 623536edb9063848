using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Hybrid.Testing;

/// <summary>
/// A private PostgreSQL cluster on loopback, in a temporary folder, without durability. Runs as an unprivileged user, since PostgreSQL refuses root.
/// </summary>
public sealed class PostgreSqlServer : IAsyncDisposable
{
    public const string User = "gateway";

    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);

    private readonly string _binaries;
    private readonly string _folder;
    private Process? _server;
    private int _databases;

    private PostgreSqlServer(string binaries, string folder, int port)
    {
        _binaries = binaries;
        _folder = folder;
        Port = port;
    }

    public string Host => "127.0.0.1";

    public int Port { get; }

    /// <summary>Null where this machine can't run one, with why.</summary>
    public static async Task<(PostgreSqlServer? Server, string? Missing)> TryStartAsync()
    {
        var binaries = FindBinaries();
        if (binaries is null)
        {
            return (null, "PostgreSQL is not installed");
        }

        if (Environment.IsPrivilegedProcess && !File.ReadLines("/etc/passwd").Any(line => line.StartsWith("postgres:", StringComparison.Ordinal)))
        {
            return (null, "there is no user postgres to run PostgreSQL as");
        }

        var folder = Directory.CreateTempSubdirectory("gateway-postgres-").FullName;
        if (!OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess)
        {
            File.SetUnixFileMode(folder, (UnixFileMode)Convert.ToInt32("777", 8));
        }

        var server = new PostgreSqlServer(binaries, folder, FreePort());
        await server.RunAsync("initdb", "-D", server.Data, "-U", User, "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
        await server.StartAsync();
        return (server, null);
    }

    /// <summary>Makes an empty database and returns its name.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = $"test{Interlocked.Increment(ref _databases)}";
        await RunAsync("createdb", "-h", Host, "-p", $"{Port}", "-U", User, name);
        return name;
    }

    /// <summary>From now on, connections over TCP need this password (SCRAM).</summary>
    public async Task RequirePasswordAsync(string password)
    {
        await RunAsync("psql", "-q", "-h", _folder, "-p", $"{Port}", "-U", User, "-d", "postgres", "-c", $"ALTER USER {User} PASSWORD '{password}'");
        await File.WriteAllTextAsync(Path.Combine(Data, "pg_hba.conf"), "local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n");
        await RunAsync("pg_ctl", "-D", Data, "reload");
    }

    /// <summary>Starts the server again after <see cref="StopAsync"/>, on the same port.</summary>
    public async Task StartAsync()
    {
        _server = Launch("postgres", "-D", Data, "-p", $"{Port}", "-c", $"listen_addresses={Host}", "-c", $"unix_socket_directories={_folder}", "-c", "fsync=off", "-c", "max_connections=200");
        var started = Stopwatch.StartNew();
        while (await TryRunAsync("pg_isready", "-q", "-h", Host, "-p", $"{Port}") != 0)
        {
            if (_server.HasExited || started.Elapsed > StartTimeout)
            {
                throw new InvalidOperationException("PostgreSQL did not start");
            }

            await Task.Delay(20);
        }
    }

    /// <summary>Stops the server as a failure would: connections break.</summary>
    public async Task StopAsync()
    {
        if (_server is { HasExited: false } server)
        {
            // SIGQUIT is PostgreSQL's immediate shutdown: it takes its children along.
            await RunAsync("pg_ctl", "-D", Data, "-m", "immediate", "stop");
            await server.WaitForExitAsync();
        }

        _server?.Dispose();
        _server = null;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private string Data => Path.Combine(_folder, "data");

    private static string? FindBinaries()
    {
        if (!OperatingSystem.IsLinux() || !Directory.Exists("/usr/lib/postgresql"))
        {
            return null;
        }

        return Directory.EnumerateDirectories("/usr/lib/postgresql").OrderDescending(StringComparer.Ordinal)
            .Select(version => Path.Combine(version, "bin")).FirstOrDefault(binaries => File.Exists(Path.Combine(binaries, "initdb")));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task RunAsync(string program, params string[] arguments)
    {
        var exitCode = await TryRunAsync(program, arguments);
        if (exitCode != 0)
        {
            throw new InvalidOperationException($"{program} ended with {exitCode}");
        }
    }

    private async Task<int> TryRunAsync(string program, params string[] arguments)
    {
        using var process = Launch(program, arguments);
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    private Process Launch(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo { WorkingDirectory = _folder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        if (Environment.IsPrivilegedProcess)
        {
            start.FileName = "setpriv";
            foreach (var argument in (string[])["--reuid=postgres", "--regid=postgres", "--init-groups", "--", Path.Combine(_binaries, program)])
            {
                start.ArgumentList.Add(argument);
            }
        }
        else
        {
            start.FileName = Path.Combine(_binaries, program);
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!;
        // Read, so that the pipes never fill.
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}
