namespace Gateway.DataPlane.Pipeline;

/// <summary>Makes requests' ids: 128 random bits. They tell requests apart in logs and are no secrets.</summary>
internal static class RequestIds
{
    private const int Bytes = 16;

    public static string New() => string.Create(Bytes * 2, 0, static (text, _) =>
    {
        Span<byte> random = stackalloc byte[Bytes];
        Random.Shared.NextBytes(random);
        Convert.TryToHexStringLower(random, text, out var _);
    });
}
