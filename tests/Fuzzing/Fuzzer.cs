using System.Diagnostics;

namespace Hybrid.Fuzzing;

/// <summary>Tries a target with inputs made from its corpus until something does not hold, or the time is over.</summary>
internal static class Fuzzer
{
    public static IReadOnlyList<byte[]> Corpus(string target) =>
        [.. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Corpus", target)).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];

    /// <summary>Null where all held.</summary>
    public static (byte[] Input, string Problem)? Run(FuzzTarget target, int seed, TimeSpan time, out long tried)
    {
        var corpus = Corpus(target.Name);
        var mutator = new Mutator(corpus, new Random(seed));
        var clock = Stopwatch.StartNew();
        tried = 0;
        foreach (var known in corpus)
        {
            tried++;
            if (target.Run(known) is { } problem)
            {
                return (known, problem);
            }
        }

        while (clock.Elapsed < time)
        {
            tried++;
            var input = mutator.Next();
            if (target.Run(input) is not null)
            {
                var smallest = Smallest(target, input);
                return (smallest, target.Run(smallest)!);
            }
        }

        return null;
    }

    // Takes away what does not matter: halves first, single bytes at last.
    private static byte[] Smallest(FuzzTarget target, byte[] input)
    {
        for (var size = input.Length / 2; size > 0; size /= 2)
        {
            for (var at = 0; at + size <= input.Length;)
            {
                byte[] shorter = [.. input[..at], .. input[(at + size)..]];
                if (target.Run(shorter) is null)
                {
                    at += size;
                }
                else
                {
                    input = shorter;
                }
            }
        }

        return input;
    }
}
