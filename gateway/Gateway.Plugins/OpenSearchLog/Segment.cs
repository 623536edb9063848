using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Gateway.Plugins.OpenSearchLog;

/// <summary>A batch on disk: a file whose name says its place in the order and how many records it has, and whose content is theirs behind a checksum.</summary>
internal sealed record Segment(string Path, long Number, int Records, long Bytes)
{
    private const string Extension = ".records";
    private const int ChecksumSize = 16;

    /// <summary>Null for a file that is none.</summary>
    public static Segment? Of(FileInfo file)
    {
        var parts = file.Name.EndsWith(Extension, StringComparison.Ordinal) ? file.Name[..^Extension.Length].Split('-') : [];
        return parts.Length == 2 && long.TryParse(parts[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var number) && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var records)
            ? new Segment(file.FullName, number, records, file.Length)
            : null;
    }

    /// <summary>It is there as a whole or not at all, also after the power fails.</summary>
    /// <exception cref="IOException">The disk is full, or does not answer.</exception>
    public static Segment Write(string folder, long number, IReadOnlyList<byte[]> records)
    {
        var content = new byte[ChecksumSize + records.Sum(static record => sizeof(int) + record.Length)];
        var place = ChecksumSize;
        foreach (var record in records)
        {
            BinaryPrimitives.WriteInt32LittleEndian(content.AsSpan(place), record.Length);
            record.CopyTo(content, place + sizeof(int));
            place += sizeof(int) + record.Length;
        }

        Checksum(content).CopyTo(content, 0);
        var path = System.IO.Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{number:x16}-{records.Count}{Extension}"));
        var temporary = path + ".new";
        using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
        return new Segment(path, number, records.Count, content.Length);
    }

    /// <summary>Null where it is damaged.</summary>
    public List<byte[]>? Read()
    {
        var content = File.ReadAllBytes(Path);
        if (content.Length < ChecksumSize || !Checksum(content).AsSpan().SequenceEqual(content.AsSpan(0, ChecksumSize)))
        {
            return null;
        }

        var records = new List<byte[]>(Records);
        for (var place = ChecksumSize; place < content.Length;)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(content.AsSpan(place));
            records.Add(content.AsSpan(place + sizeof(int), length).ToArray());
            place += sizeof(int) + length;
        }

        return records;
    }

    private static byte[] Checksum(byte[] content) => SHA256.HashData(content.AsSpan(ChecksumSize))[..ChecksumSize];
}
