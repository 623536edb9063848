using Microsoft.Extensions.Options;

namespace Gateway.DataPlane.Dns;

/// <summary>Chooses how names are looked up here.</summary>
internal static class NameLookups
{
    /// <summary>The servers of the options, else those of resolv.conf, else the system's own resolver.</summary>
    public static INameLookup Create(IOptions<DataPlaneOptions> options, TimeProvider time)
    {
        var dns = options.Value.Dns;
        var settings = Read(dns.ConfigurationFile);
        if (dns.Servers.Count > 0)
        {
            settings = (settings ?? new ResolverSettings()) with { Servers = [.. dns.Servers] };
        }

        return settings is { Servers.Count: > 0 }
            ? new DnsLookup(settings, new HostsFile(dns.HostsFile), new DnsClient(settings, time))
            : new SystemLookup();
    }

    private static ResolverSettings? Read(string path)
    {
        try
        {
            return ResolverSettings.Parse(File.ReadAllText(path));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            // No file is how a system says that its resolver is configured elsewhere.
            return null;
        }
    }
}
