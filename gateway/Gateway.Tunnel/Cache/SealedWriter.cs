using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Gateway.Tunnel.Cache;

/// <summary>Begins a file under a new random data key and adds records. Only the process that began a file ever adds to it.</summary>
internal sealed class SealedWriter : IDisposable
{
    private readonly Stream _stream;
    private readonly SealedFileContext _context;
    private readonly AesGcm _dataKey;
    private ulong _sequence;

    public SealedWriter(Stream stream, SealedFileContext context, CacheKeyRing keys)
    {
        (_stream, _context) = (stream, context);
        Span<byte> dataKey = stackalloc byte[SealedFileContext.DataKeySize];
        RandomNumberGenerator.Fill(dataKey);
        _dataKey = new AesGcm(dataKey, SealedFileContext.TagSize);
        stream.Write(context.Header(keys.ActiveId));
        using (var wrapping = new AesGcm(keys.Active, SealedFileContext.TagSize))
        {
            stream.Write(Seal(wrapping, dataKey, SealedFileContext.DataKeySequence));
        }

        CryptographicOperations.ZeroMemory(dataKey);
    }

    /// <exception cref="IOException">The record may be there in part; nothing may follow it.</exception>
    public void Write(ReadOnlySpan<byte> plaintext)
    {
        var sealedBytes = Seal(_dataKey, plaintext, _sequence++);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, plaintext.Length);
        _stream.Write(length);
        _stream.Write(sealedBytes);
    }

    public void Dispose() => _dataKey.Dispose();

    /// <summary>Nonce, tag, ciphertext.</summary>
    private byte[] Seal(AesGcm key, ReadOnlySpan<byte> plaintext, ulong sequence)
    {
        var result = new byte[SealedFileContext.NonceSize + SealedFileContext.TagSize + plaintext.Length];
        var nonce = result.AsSpan(0, SealedFileContext.NonceSize);
        RandomNumberGenerator.Fill(nonce);
        key.Encrypt(
            nonce,
            plaintext,
            result.AsSpan(SealedFileContext.NonceSize + SealedFileContext.TagSize),
            result.AsSpan(SealedFileContext.NonceSize, SealedFileContext.TagSize),
            _context.AssociatedData(sequence));
        return result;
    }
}
