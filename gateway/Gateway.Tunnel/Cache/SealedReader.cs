using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Gateway.Tunnel.Cache;

/// <summary>Opens a file and its records in order; what was changed in any way does not open.</summary>
internal sealed class SealedReader : IDisposable
{
    private readonly ReadOnlyMemory<byte> _file;
    private readonly SealedFileContext _context;
    private readonly AesGcm _dataKey;
    private ulong _sequence;
    private int _position;

    /// <exception cref="CacheException">It is not this file, not this format, or its key is not in the ring.</exception>
    public SealedReader(ReadOnlyMemory<byte> file, SealedFileContext context, CacheKeyRing keys)
    {
        (_file, _context) = (file, context);
        var keyId = ReadHeader();
        var wrapping = keys.Find(keyId) ?? throw new CacheException("the key that it was written with is not in the key file");
        var size = SealedFileContext.NonceSize + SealedFileContext.TagSize + SealedFileContext.DataKeySize;
        if (file.Length - _position < size)
        {
            throw new CacheException("its header is cut off");
        }

        using var key = new AesGcm(wrapping, SealedFileContext.TagSize);
        var dataKey = Open(key, _position, SealedFileContext.DataKeySize, SealedFileContext.DataKeySequence)
            ?? throw new CacheException("its header was changed, or was written with another key, trust domain or site");
        _position += size;
        _dataKey = new AesGcm(dataKey, SealedFileContext.TagSize);
        CryptographicOperations.ZeroMemory(dataKey);
    }

    /// <summary>Whether all bytes were read.</summary>
    public bool IsAtEnd => _position == _file.Length;

    /// <summary>
    /// Whether what is left is the beginning of a record whose end was never written: too short, or space that was set aside and not filled (zeros).
    /// </summary>
    public bool IsTorn
    {
        get
        {
            var rest = _file.Span[_position..];
            return !rest.IsEmpty && (rest.Length < SealedFileContext.RecordHeaderSize
                || Length(rest) > rest.Length - SealedFileContext.RecordHeaderSize
                || !rest.ContainsAnyExcept((byte)0));
        }
    }

    /// <exception cref="CacheException">The record is cut off or was changed.</exception>
    public byte[] Read()
    {
        var rest = _file.Span[_position..];
        if (rest.Length < SealedFileContext.RecordHeaderSize || Length(rest) is < 0 || Length(rest) > rest.Length - SealedFileContext.RecordHeaderSize)
        {
            throw new CacheException($"record {_sequence} is cut off");
        }

        var length = Length(rest);
        var plaintext = Open(_dataKey, _position + sizeof(int), length, _sequence) ?? throw new CacheException($"record {_sequence} was changed");
        _position += SealedFileContext.RecordHeaderSize + length;
        _sequence++;
        return plaintext;
    }

    public void Dispose() => _dataKey.Dispose();

    private static int Length(ReadOnlySpan<byte> record) => BinaryPrimitives.ReadInt32LittleEndian(record);

    private string ReadHeader()
    {
        var file = _file.Span;
        if (file.Length < SealedFileContext.FixedHeaderSize || !file.StartsWith(SealedFileContext.Magic))
        {
            throw new CacheException("it is not a cache file");
        }

        var version = BinaryPrimitives.ReadUInt16LittleEndian(file[4..]);
        if (version != SealedFileContext.FormatVersion)
        {
            throw new CacheException($"its format version is {version} (allowed: {SealedFileContext.FormatVersion})");
        }

        if (file[6] != (byte)_context.Kind || BinaryPrimitives.ReadUInt64LittleEndian(file[8..]) != _context.Generation)
        {
            throw new CacheException("it is another file than its name says");
        }

        _position = SealedFileContext.FixedHeaderSize + file[16];
        return file.Length >= _position
            ? Encoding.UTF8.GetString(file[SealedFileContext.FixedHeaderSize.._position])
            : throw new CacheException("its header is cut off");
    }

    /// <summary>Null where the bytes are not authentic.</summary>
    private byte[]? Open(AesGcm key, int position, int length, ulong sequence)
    {
        var bytes = _file.Span[position..];
        var plaintext = new byte[length];
        try
        {
            key.Decrypt(
                bytes[..SealedFileContext.NonceSize],
                bytes.Slice(SealedFileContext.NonceSize + SealedFileContext.TagSize, length),
                bytes.Slice(SealedFileContext.NonceSize, SealedFileContext.TagSize),
                plaintext,
                _context.AssociatedData(sequence));
            return plaintext;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }
}
