using System.Buffers.Binary;
using System.Text;

namespace Gateway.Tunnel.Cache;

/// <summary>What a file's bytes are bound to beside their key: a file that is moved, renamed or replaced by another's does not open.</summary>
/// <remarks>
/// File = header, records. Header = magic (4), format version (2), kind (1), 0 (1), generation (8), length of the key's id (1), the id, and the file's data
/// key wrapped: nonce (12), tag (16), ciphertext (32). Record = length of the ciphertext (4), nonce (12), tag (16), ciphertext. AES-256-GCM, numbers little endian.
/// </remarks>
internal sealed record SealedFileContext(SealedFileKind Kind, ulong Generation, CacheScope Scope)
{
    public const ushort FormatVersion = 1;
    public const int NonceSize = 12;
    public const int TagSize = 16;
    public const int DataKeySize = 32;

    /// <summary>Before the key's id.</summary>
    public const int FixedHeaderSize = 17;

    /// <summary>Before a record's ciphertext.</summary>
    public const int RecordHeaderSize = sizeof(int) + NonceSize + TagSize;

    /// <summary>Marks the wrapped data key, which no record's sequence can be.</summary>
    public const ulong DataKeySequence = ulong.MaxValue;

    public static ReadOnlySpan<byte> Magic => "GWCF"u8;

    /// <summary>Everything of the header before the wrapped key.</summary>
    public byte[] Header(string keyId)
    {
        var id = Encoding.UTF8.GetBytes(keyId);
        var header = new byte[FixedHeaderSize + id.Length];
        Magic.CopyTo(header);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(4), FormatVersion);
        header[6] = (byte)Kind;
        BinaryPrimitives.WriteUInt64LittleEndian(header.AsSpan(8), Generation);
        header[16] = checked((byte)id.Length);
        id.CopyTo(header, FixedHeaderSize);
        return header;
    }

    /// <summary>Associated data of one record.</summary>
    public byte[] AssociatedData(ulong sequence)
    {
        using var data = new MemoryStream();
        using var writer = new BinaryWriter(data, Encoding.UTF8);
        writer.Write(Magic);
        writer.Write(FormatVersion);
        writer.Write((byte)Kind);
        writer.Write(Generation);
        writer.Write(sequence);

        // With their lengths, so that no two scopes have the same bytes.
        writer.Write(Scope.TrustDomain);
        writer.Write(Scope.Site);
        writer.Flush();
        return data.ToArray();
    }
}
