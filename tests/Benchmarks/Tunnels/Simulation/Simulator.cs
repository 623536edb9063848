using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Hybrid.Benchmarks.Tunnels.Simulation;

/// <summary>
/// A process of its own with many simulated instances, so that its share of the CPU can be told from the control plane's. Called with: the port of 8005's stand-in, the folder of the
/// certificates, the number of instances, and the sites. Runs until it is ended.
/// </summary>
internal static class Simulator
{
    public const string Verb = "simulate-instances";

    public static async Task<int> RunAsync(string[] arguments)
    {
        var (address, folder, count) = (new Uri($"https://localhost:{arguments[0]}"), arguments[1], int.Parse(arguments[2], CultureInfo.InvariantCulture));
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(Path.Combine(folder, "ca.crt"));
        var certificates = arguments[3..]
            .Select(site => SslStreamCertificateContext.Create(
                X509Certificate2.CreateFromPemFile(Path.Combine(folder, $"{site}.crt"), Path.Combine(folder, $"{site}.key")), additionalCertificates: null, offline: true))
            .ToArray();

        var deliveries = new Deliveries(count);
        await Task.WhenAll(Enumerable.Range(0, count).Select(index => new SimulatedInstance(address, certificates[index % certificates.Length], authorities, deliveries).RunAsync(CancellationToken.None)));
        return 0;
    }
}
