using System.Net;

namespace Gateway.Settings;

/// <summary>An address to listen on.</summary>
/// <param name="Tls">Whether it was followed by <c>ssl</c>.</param>
public sealed record ListenAddress(IPAddress Address, int Port, bool Tls = false)
{
    /// <summary>Null where the text is not <c>IP-ADDRESS:PORT</c>, with <c>ssl</c> after it where that is allowed.</summary>
    public static ListenAddress? TryParse(string text, bool mayBeTls = false)
    {
        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var tls = parts is [_, "ssl"];
        return (parts.Length == 1 || (tls && mayBeTls)) && IPEndPoint.TryParse(parts[0], out var endpoint) && endpoint.Port > 0
            ? new ListenAddress(endpoint.Address, endpoint.Port, tls)
            : null;
    }

    public override string ToString() => new IPEndPoint(Address, Port) + (Tls ? " ssl" : "");
}
