using System.Net;

namespace Gateway.DataPlane.Dns;

/// <summary>How upstreams' names are resolved. Names, meanings and defaults are those of Kong's <c>dns_*</c> settings.</summary>
public sealed class DnsOptions
{
    /// <summary>Default: none, for those of <see cref="ConfigurationFile"/>.</summary>
    public IReadOnlyList<IPEndPoint> Servers { get; set; } = [];

    /// <summary>Servers, search list and options, read once at start. Where it cannot be read, the system's resolver answers. Default: /etc/resolv.conf.</summary>
    public string ConfigurationFile { get; set; } = "/etc/resolv.conf";

    /// <summary>Asked before DNS, and read again when it changes. Default: /etc/hosts.</summary>
    public string HostsFile { get; set; } = "/etc/hosts";

    /// <summary>How long an answer holds, whatever it says itself. Default: null, for what it says.</summary>
    public TimeSpan? ValidTtl { get; set; }

    /// <summary>How much longer an answer may serve while its servers do not answer. Default: 1 h.</summary>
    public TimeSpan StaleTtl { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long it holds at most that a name does not exist; its zone may say less. Default: 30 s.</summary>
    public TimeSpan NotFoundTtl { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long no server is asked again after none answered. Default: 1 s.</summary>
    public TimeSpan ErrorTtl { get; set; } = TimeSpan.FromSeconds(1);
}
