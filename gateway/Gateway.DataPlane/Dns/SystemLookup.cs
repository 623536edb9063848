using System.Net.Sockets;
using Gateway.DataPlane.Balancing;

namespace Gateway.DataPlane.Dns;

/// <summary>The system's resolver: for systems without a resolv.conf. It knows no SRV records, and does not say how long an answer holds.</summary>
internal sealed class SystemLookup : INameLookup
{
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(10);

    public async Task<NameAnswer> LookUpAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            var addresses = await System.Net.Dns.GetHostAddressesAsync(name, cancellationToken);
            return addresses.Length > 0
                ? new NameAnswer([.. addresses.Select(static address => new TargetAddress(address.ToString()))], Life)
                : new NameAnswer([], Life: null, $"{name} has no address");
        }
        catch (SocketException failure)
        {
            return new NameAnswer([], Life: null, failure.Message, IsCertain: failure.SocketErrorCode is SocketError.HostNotFound or SocketError.NoData);
        }
    }
}
