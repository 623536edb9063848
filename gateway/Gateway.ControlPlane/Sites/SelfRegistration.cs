using System.Collections.Immutable;
using Gateway.ControlPlane.Store;
using Gateway.Tunnel.Sites;

namespace Gateway.ControlPlane.Sites;

/// <summary>
/// A directory for installations where the tunnel's CA alone decides who may join, as with Kong's: a site that nobody registered is when it first comes. A site that is
/// disabled stays out.
/// </summary>
internal sealed class SelfRegistration(SiteDirectory directory, SiteRegistry registry) : ISiteDirectory
{
    public ValueTask<Site?> FindAsync(string name, CancellationToken cancellationToken) => directory.FindAsync(name, cancellationToken);

    public async ValueTask<Site?> AdmitAsync(string name, CancellationToken cancellationToken)
    {
        if (await directory.FindAsync(name, cancellationToken) is { } known)
        {
            return known;
        }

        if (!SiteNames.IsValid(name))
        {
            return null;
        }

        try
        {
            // That another of its instances was faster, here or at another replica, is as good.
            await registry.CreateAsync($"site {name}", name, enabled: true, ImmutableDictionary<string, string>.Empty, cancellationToken);
        }
        catch (StoreUnavailableException)
        {
            return null;
        }

        return await directory.FindAsync(name, cancellationToken);
    }

    public bool IsRevoked(string serialNumber) => directory.IsRevoked(serialNumber);

    public IAsyncEnumerable<long> WatchAsync(CancellationToken cancellationToken) => directory.WatchAsync(cancellationToken);
}
