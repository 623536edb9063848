namespace Gateway.Settings;

/// <summary>How a setting's text is read.</summary>
public enum SettingType
{
    Text,

    /// <summary>A whole number in the setting's range.</summary>
    Integer,

    /// <summary>One of the setting's choices.</summary>
    Choice,

    /// <summary>The path of a file that the process reads, or a folder that it writes.</summary>
    Path,

    /// <summary><c>ADDRESS:PORT</c> with an IP address, or <c>off</c> where the setting says so.</summary>
    Listen,

    /// <summary>Several of <see cref="Listen"/>, separated by commas, each optionally followed by <c>ssl</c>, <c>http2</c> and <c>proxy_protocol</c>.</summary>
    ListenList,

    /// <summary><c>HOST:PORT</c>, several separated by commas.</summary>
    HostPortList,

    /// <summary>An absolute <c>https</c> URL; <c>http</c> on loopback.</summary>
    Url,

    /// <summary>See <see cref="ProxyServer"/>.</summary>
    ProxyUrl,

    /// <summary><c>GROUP=ROLE</c> or <c>GROUP=ROLE:TAG+TAG</c>, several separated by commas; see <see cref="RoleMapping"/>.</summary>
    RoleList,

    /// <summary>DNS labels (a-z, 0-9, -; 1 to 63 characters), separated by commas.</summary>
    NameList,

    /// <summary>IP addresses and CIDR blocks, separated by commas.</summary>
    NetworkList,
}
