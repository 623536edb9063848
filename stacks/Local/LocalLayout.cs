using System.Security.Cryptography;
using System.Text;

namespace Hybrid.Stacks.Local;

/// <summary>Where a local topology keeps its things: everything is under the state folder, nothing is anywhere else.</summary>
internal sealed class LocalLayout
{
    public LocalLayout(string root, string state)
    {
        Root = root;
        State = Path.GetFullPath(state);
    }

    /// <summary>The clone.</summary>
    public string Root { get; }
    public string State { get; }

    public string Certificates => Path.Combine(State, "certificates");
    public string Logs => Path.Combine(State, "logs");
    public string StateFile => Path.Combine(State, "local.json");
    public string LockFile => Path.Combine(State, "lock");
    public string Database => Path.Combine(State, "control-plane.db");
    public string Keyring => Path.Combine(State, "keys", "control-plane.json");
    public string Sample => Path.Combine(Root, "gateway", "samples", "petstore.yaml");
    public string GatewayProgram => Program("gateway/Gateway", "gateway.dll");
    public string UpstreamProgram => Program("gateway/samples/Petstore", "petstore.dll");

    /// <summary>Short whatever the folder's path is: socket paths end at about 100 characters.</summary>
    public string PipeName => "hybrid-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(State)))[..16];

    public string CertificateOf(string name) => Path.Combine(Certificates, name + ".crt");

    public string KeyOf(string name) => Path.Combine(Certificates, name + ".key");

    public string CacheKey(string site) => Path.Combine(State, "keys", $"data-plane-{site}.json");

    public string Cache(string site) => Path.Combine(State, "cache", site);

    public string Log(string process) => Path.Combine(Logs, process + ".log");

    /// <exception cref="LocalException">The folder cannot be made or written.</exception>
    public void RequireWritable()
    {
        try
        {
            Directory.CreateDirectory(Logs);
            var probe = Path.Combine(State, $".write-{Environment.ProcessId}");
            File.WriteAllText(probe, "");
            File.Delete(probe);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new LocalException($"cannot write to the state folder {State} ({problem.Message.TrimEnd('.')}): choose another with --state DIR");
        }
    }

    private string Program(string project, string file)
    {
        var configuration = AppContext.BaseDirectory.Contains($"{Path.DirectorySeparatorChar}Debug{Path.DirectorySeparatorChar}", StringComparison.Ordinal) ? "Debug" : "Release";
        return Path.Combine(Root, project.Replace('/', Path.DirectorySeparatorChar), "bin", configuration, "net10.0", file);
    }
}
