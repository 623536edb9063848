using System.Security.Cryptography;
using System.Text;

namespace Gateway.Model.Declarative;

/// <summary>
/// Ids for entities that a file names but gives no id: the same file always makes the same ids, so that loading it again changes nothing.
/// A version 5 UUID (RFC 9562) in a name space of our own.
/// </summary>
internal static class DeterministicId
{
    private static readonly byte[] NameSpace = new Guid("6f1f6b0a-3d27-4a83-9c83-0f6e2a3b8d51").ToByteArray(bigEndian: true);

    public static Guid Of(string kind, string naturalKey)
    {
        // SHA-1 is the standard's choice; nothing here depends on its strength.
#pragma warning disable CA5350
        var hash = SHA1.HashData([.. NameSpace, .. Encoding.UTF8.GetBytes($"{kind}:{naturalKey}")]).AsSpan(0, 16);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash, bigEndian: true);
    }
}
