using System.Net;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Gateway.Plugins.RateLimiting;

/// <summary>Whom a counter is for: an entity, a text or an address. A value, so that looking one up allocates nothing.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CounterKey(Guid Entity, string? Text, IPAddress? Address)
{
    private const int HashBytes = 16;

    public static CounterKey Of(Guid entity) => new(entity, null, null);

    public static CounterKey Of(string text) => new(Guid.Empty, text, null);

    public static CounterKey Of(IPAddress address) => new(Guid.Empty, null, address);

    /// <summary>For a store that others can read. Texts are hashed: a header that callers are told apart by may be a key.</summary>
    public string ForStore()
    {
        if (Entity != Guid.Empty)
        {
            return $"e{Entity:N}";
        }

        if (Address is not null)
        {
            return $"a{Address}";
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(Text!), hash);
        return $"t{Convert.ToHexStringLower(hash[..HashBytes])}";
    }
}
