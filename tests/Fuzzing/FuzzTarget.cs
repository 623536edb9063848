namespace Hybrid.Fuzzing;

/// <summary>Code that reads what strangers send, with what must hold whatever they do.</summary>
/// <param name="Name">As the command and the corpus' folder have it.</param>
/// <param name="Check">Null where all is well; otherwise what does not hold. An exception is a finding as well.</param>
internal sealed record FuzzTarget(string Name, Func<byte[], string?> Check)
{
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("path", PathTarget.Check),
        new("router", RouterTarget.Check),
        new("response-head", ResponseTargets.CheckHead),
        new("chunked-body", ResponseTargets.CheckChunks),
        new("proxy-protocol", ProxyHeaderTarget.Check),
    ];

    /// <summary>What does not hold for the input, an exception included.</summary>
    public string? Run(byte[] input)
    {
        try
        {
            return Check(input);
        }
        catch (Exception failure)
        {
            // Whatever it is: readers of foreign bytes answer by results.
            return failure.ToString();
        }
    }
}
