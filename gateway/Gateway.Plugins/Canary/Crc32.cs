using System.Text;

namespace Gateway.Plugins.Canary;

/// <summary>CRC-32 as zlib's (ISO 3309), which Kong's canary divides callers by: here they are in the same part as there.</summary>
internal static class Crc32
{
    private const uint Polynomial = 0xEDB88320;

    private static readonly uint[] Table = MakeTable();

    public static uint Of(string text)
    {
        var crc = uint.MaxValue;
        foreach (var value in Encoding.UTF8.GetBytes(text))
        {
            crc = Table[(byte)(crc ^ value)] ^ (crc >> 8);
        }

        return ~crc;
    }

    private static uint[] MakeTable()
    {
        var table = new uint[256];
        for (var i = 0U; i < table.Length; i++)
        {
            var entry = i;
            for (var bit = 0; bit < 8; bit++)
            {
                entry = (entry & 1) != 0 ? (entry >> 1) ^ Polynomial : entry >> 1;
            }

            table[i] = entry;
        }

        return table;
    }
}
