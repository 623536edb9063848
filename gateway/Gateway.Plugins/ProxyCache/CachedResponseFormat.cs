using System.Text;
using Microsoft.Extensions.Primitives;

namespace Gateway.Plugins.ProxyCache;

/// <summary>How a kept response stands in a store that others read too.</summary>
internal static class CachedResponseFormat
{
    /// <summary>Another first byte is another version's, and not read.</summary>
    private const byte Version = 1;

    public static byte[] Write(CachedResponse response)
    {
        using var memory = new MemoryStream(response.Body.Length + 1024);
        using var writer = new BinaryWriter(memory, Encoding.UTF8);
        writer.Write(Version);
        writer.Write7BitEncodedInt(response.Status);
        writer.Write(response.StoredAt.ToUnixTimeMilliseconds());
        writer.Write(response.InitialAge.Ticks);
        writer.Write(response.Lifetime.Ticks);
        writer.Write(response.MustRevalidate);
        writer.Write(response.Key);
        writer.Write7BitEncodedInt(response.Vary.Count);
        foreach (var name in response.Vary)
        {
            writer.Write(name);
        }

        writer.Write7BitEncodedInt(response.Headers.Count);
        foreach (var (name, values) in response.Headers)
        {
            writer.Write(name);
            writer.Write7BitEncodedInt(values.Count);
            foreach (var value in values)
            {
                writer.Write(value ?? string.Empty);
            }
        }

        writer.Write(response.Body.Span);
        return memory.ToArray();
    }

    /// <summary>Null where this version did not write it.</summary>
    public static CachedResponse? Read(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.IsEmpty || bytes.Span[0] != Version)
        {
            return null;
        }

        using var memory = new MemoryStream(bytes.ToArray(), writable: false);
        using var reader = new BinaryReader(memory, Encoding.UTF8);
        try
        {
            reader.ReadByte();
            var response = new CachedResponse
            {
                Status = reader.Read7BitEncodedInt(),
                StoredAt = DateTimeOffset.FromUnixTimeMilliseconds(reader.ReadInt64()),
                InitialAge = new TimeSpan(reader.ReadInt64()),
                Lifetime = new TimeSpan(reader.ReadInt64()),
                MustRevalidate = reader.ReadBoolean(),
                Key = reader.ReadString(),
                Vary = Texts(reader),
                Headers = HeadersOf(reader),
            };
            return response with { Body = bytes[(int)memory.Position..] };
        }
        catch (Exception damage) when (damage is EndOfStreamException or FormatException or ArgumentOutOfRangeException)
        {
            // Somebody else's key, or half of one.
            return null;
        }
    }

    private static string[] Texts(BinaryReader reader)
    {
        var texts = new string[Count(reader)];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = reader.ReadString();
        }

        return texts;
    }

    private static KeyValuePair<string, StringValues>[] HeadersOf(BinaryReader reader)
    {
        var headers = new KeyValuePair<string, StringValues>[Count(reader)];
        for (var i = 0; i < headers.Length; i++)
        {
            headers[i] = new(reader.ReadString(), new StringValues(Texts(reader)));
        }

        return headers;
    }

    private static int Count(BinaryReader reader) =>
        reader.Read7BitEncodedInt() is var count && count >= 0 && count <= reader.BaseStream.Length - reader.BaseStream.Position ? count : throw new FormatException();
}
