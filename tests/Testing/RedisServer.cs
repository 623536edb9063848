using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Hybrid.Testing;

/// <summary>A private Redis on loopback, in a temporary folder, that keeps nothing on disk.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string[] _settings;
    private RunningProcess? _process;

    private RedisServer(int port, params IEnumerable<string> settings)
    {
        Port = port;
        _settings = ["bind 127.0.0.1", "save \"\"", "appendonly no", "daemonize no", $"dir {_folder.FullName}", .. settings];
    }

    public string Host => "127.0.0.1";

    public int Port { get; }

    /// <summary>Null where Redis can be started here; otherwise why not.</summary>
    public static string? Missing { get; } = OperatingSystem.IsLinux() && File.Exists("/usr/bin/redis-server") && File.Exists("/usr/bin/redis-cli")
        ? null
        : "Redis is not installed (Debian: redis-server)";

    /// <summary>Without TLS. With a user, its password and access list are needed, and nobody else gets in.</summary>
    public static async Task<RedisServer> StartAsync(string? user = null, string? password = null, string access = "~* +@all")
    {
        var port = FreePorts.One();
        return await StartAsync(new RedisServer(port, [$"port {port}", .. Users(user, password, access)]));
    }

    /// <summary>With TLS alone, under a certificate that nobody trusts, and one user.</summary>
    public static async Task<RedisServer> StartWithTlsAsync(string user, string password, string access)
    {
        var port = FreePorts.One();
        var server = new RedisServer(
            port, ["port 0", $"tls-port {port}", "tls-cert-file server.pem", "tls-key-file server.key", "tls-auth-clients no", "tls-ca-cert-file server.pem", .. Users(user, password, access)]);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=redis.test", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch, new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await File.WriteAllTextAsync(server._folder.PathOf("server.pem"), certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(server._folder.PathOf("server.key"), key.ExportPkcs8PrivateKeyPem());
        return await StartAsync(server);
    }

    /// <summary>Three primaries with a replica each.</summary>
    public static async Task<IReadOnlyList<RedisServer>> StartClusterAsync()
    {
        const int Nodes = 6;
        const int Bus = 20;
        var first = FreePorts.Base([.. Enumerable.Range(0, Nodes), .. Enumerable.Range(Bus, Nodes)]);
        var servers = new List<RedisServer>();
        for (var i = 0; i < Nodes; i++)
        {
            servers.Add(await StartAsync(new RedisServer(
                first + i, $"port {first + i}", "cluster-enabled yes", $"cluster-port {first + Bus + i}", "cluster-node-timeout 2000")));
        }

        string[] create = ["--cluster", "create", .. servers.Select(server => $"{server.Host}:{server.Port}"), "--cluster-replicas", "1", "--cluster-yes"];
        (await RunningProcess.RunAsync("redis-cli", create)).EnsureSucceeded();
        foreach (var server in servers)
        {
            await Eventually.TrueAsync(async () => (await server.AskAsync("cluster", "info")).Contains("cluster_state:ok", StringComparison.Ordinal));
        }

        return servers;
    }

    /// <summary>Asks as <c>redis-cli</c> does, without TLS and as the default user unless arguments say otherwise.</summary>
    public async Task<string> AskAsync(params IEnumerable<string> command)
    {
        var finished = await RunningProcess.RunAsync("redis-cli", ["-h", Host, "-p", Port.ToString(CultureInfo.InvariantCulture), .. command]);
        finished.EnsureSucceeded();
        return finished.Output;
    }

    public void Send(Signal signal) => _process!.Send(signal);

    /// <summary>Ends it as a crash would.</summary>
    public async Task KillAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            await process.DisposeAsync();
        }
    }

    /// <summary>Starts it again after <see cref="KillAsync"/>, on the same port and with nothing in it.</summary>
    public async Task StartAgainAsync()
    {
        _process = RunningProcess.Start("redis-server", [_folder.PathOf("redis.conf")], workingDirectory: _folder.FullName);
        await _process.LineAsync(static line => line.Contains("Ready to accept connections", StringComparison.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _folder.Dispose();
    }

    private static IEnumerable<string> Users(string? user, string? password, string access) =>
        user is null ? [] : [$"user {user} on >{password} {access}", "user default off"];

    private static async Task<RedisServer> StartAsync(RedisServer server)
    {
        await File.WriteAllLinesAsync(server._folder.PathOf("redis.conf"), server._settings);
        await server.StartAgainAsync();
        return server;
    }
}
