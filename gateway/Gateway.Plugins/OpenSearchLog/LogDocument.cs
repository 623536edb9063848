using System.Globalization;
using System.Text;

namespace Gateway.Plugins.OpenSearchLog;

/// <summary>A record as it waits: its id in 32 characters, then its JSON. With an id, what is sent twice is there once.</summary>
internal static class LogDocument
{
    public const int IdLength = 32;

    /// <param name="id">The request's: 32 hexadecimal digits.</param>
    /// <param name="record">A JSON object with members.</param>
    public static byte[] Create(string id, byte[] record, DateTimeOffset at)
    {
        // What data streams are sorted by.
        var head = string.Create(CultureInfo.InvariantCulture, $"{id}{{\"@timestamp\":\"{at.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffZ}\",");
        var document = new byte[head.Length + record.Length - 1];
        Encoding.ASCII.GetBytes(head, document);
        record.AsSpan(1).CopyTo(document.AsSpan(head.Length));
        return document;
    }

    public static ReadOnlySpan<byte> Id(byte[] document) => document.AsSpan(0, IdLength);

    public static ReadOnlySpan<byte> Json(byte[] document) => document.AsSpan(IdLength);
}
