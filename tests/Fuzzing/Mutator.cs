namespace Hybrid.Fuzzing;

/// <summary>Makes inputs from those that are known: bytes flipped, cut, doubled, swapped for ones that mean something, or taken from another input.</summary>
internal sealed class Mutator(IReadOnlyList<byte[]> corpus, Random random)
{
    private const int MaximumLength = 4096;
    private const int MaximumChanges = 6;

    private static readonly byte[][] Meaningful =
    [
        "\r\n"u8.ToArray(), "\n"u8.ToArray(), "\r"u8.ToArray(), "\0"u8.ToArray(), ":"u8.ToArray(), " "u8.ToArray(), "\t"u8.ToArray(), ","u8.ToArray(), ";"u8.ToArray(),
        "/"u8.ToArray(), "//"u8.ToArray(), "/./"u8.ToArray(), "/../"u8.ToArray(), "%2e"u8.ToArray(), "%2F"u8.ToArray(), "%"u8.ToArray(), "%00"u8.ToArray(), "%c3%a9"u8.ToArray(), "%c0%ae"u8.ToArray(),
        "chunked"u8.ToArray(), "Content-Length: 1\r\n"u8.ToArray(), "Transfer-Encoding: chunked\r\n"u8.ToArray(), "0\r\n\r\n"u8.ToArray(), "ffffffff"u8.ToArray(), "PROXY TCP4 "u8.ToArray(),
    ];

    public byte[] Next()
    {
        var input = corpus.Count is 0 ? [] : corpus[random.Next(corpus.Count)].ToList();
        for (var change = random.Next(1, MaximumChanges); change > 0; change--)
        {
            Change(input);
        }

        return [.. input.Take(MaximumLength)];
    }

    private void Change(List<byte> input)
    {
        var at = random.Next(input.Count + 1);
        switch (random.Next(6))
        {
            case 0 when input.Count > 0:
                input[at % input.Count] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                input.Insert(at, (byte)random.Next(256));
                break;
            case 2 when at < input.Count:
                input.RemoveRange(at, random.Next(1, input.Count - at + 1));
                break;
            case 3 when input.Count is > 0 and < MaximumLength / 2:
                input.InsertRange(at, input.GetRange(at % input.Count, random.Next(input.Count - (at % input.Count)) + 1));
                break;
            case 4 when corpus.Count > 0:
                var other = corpus[random.Next(corpus.Count)];
                input.InsertRange(at, other[random.Next(other.Length + 1)..]);
                break;
            default:
                input.InsertRange(at, Meaningful[random.Next(Meaningful.Length)]);
                break;
        }
    }
}
