using System.Net;
using System.Runtime.InteropServices;

namespace Gateway.Plugins.RateLimiting;

/// <summary>Whom a counter is for: an entity, a text or an address. A value, so that looking one up allocates nothing.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CounterKey(Guid Entity, string? Text, IPAddress? Address)
{
    public static CounterKey Of(Guid entity) => new(entity, null, null);

    public static CounterKey Of(string text) => new(Guid.Empty, text, null);

    public static CounterKey Of(IPAddress address) => new(Guid.Empty, null, address);
}
