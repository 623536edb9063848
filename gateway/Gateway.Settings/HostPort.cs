using System.Globalization;

namespace Gateway.Settings;

/// <summary>A host name or IP address to connect to, and a port from 1 to 65535.</summary>
public sealed record HostPort(string Host, int Port)
{
    public static HostPort? TryParse(string text)
    {
        var colon = text.LastIndexOf(':');
        return colon > 0
            && int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is >= 1 and <= 65535
            && Uri.CheckHostName(text[..colon].Trim('[', ']')) is not UriHostNameType.Unknown
            ? new HostPort(text[..colon], port)
            : null;
    }

    public override string ToString() => $"{Host}:{Port}";
}
