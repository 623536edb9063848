using System.Security.Cryptography;
using System.Text;

namespace Gateway.Model.Declarative;

/// <summary>
/// Ids for entities that a file names but gives no id: the same file always makes the same ids, so that loading it again changes nothing. Version 5 UUIDs
/// (RFC 9562) in Kong's name spaces, so that an entity with a name has the id that Kong gives it from the same file.
/// </summary>
internal static class DeterministicId
{
    // Kong's, under which each kind has a name space of its own.
    private static readonly Guid Entities = new("fd02801f-0957-4a15-a55a-c8d9606f30b5");

    public static Guid Of(string kind, string naturalKey) => Version5(Version5(Entities, kind), naturalKey);

    private static Guid Version5(Guid nameSpace, string name)
    {
        // SHA-1 is the standard's choice; nothing here depends on its strength.
#pragma warning disable CA5350
        var hash = SHA1.HashData([.. nameSpace.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(name)]).AsSpan(0, 16);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash, bigEndian: true);
    }
}
