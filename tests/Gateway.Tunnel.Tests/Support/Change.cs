using System.Text;
using Gateway.Model.Configuration;
using Gateway.Model.Entities;

namespace Gateway.Tunnel.Tests.Support;

/// <summary>Changes of routes, whose content is opaque to the tunnel.</summary>
internal static class Change
{
    public static EntityKey Key(int number) => new(EntityKinds.Routes, new Guid(number, 0, 0, new byte[8]));

    public static EntityChange Put(int number, string value = "") => new(Key(number), Encoding.UTF8.GetBytes($$"""{"n":{{number}},"v":"{{value}}"}"""));

    public static EntityChange Delete(int number) => new(Key(number), null);

    /// <summary>Some that do not compress well.</summary>
    public static EntityChange[] Many(int count, int size = 500) =>
        [.. Enumerable.Range(1, count).Select(number => Put(number, Convert.ToBase64String(RandomBytes(number, size))))];

    private static byte[] RandomBytes(int seed, int size)
    {
        var bytes = new byte[size];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
