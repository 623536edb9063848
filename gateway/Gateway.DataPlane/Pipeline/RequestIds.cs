namespace Gateway.DataPlane.Pipeline;

/// <summary>Makes requests' ids: 128 random bits. They tell requests apart in logs and are no secrets.</summary>
internal static class RequestIds
{
    private const int Length = 32;

    public static string New() => string.Create(Length, 0, static (text, _) =>
    {
        Random.Shared.NextInt64(long.MinValue, long.MaxValue).TryFormat(text[..16], out var _, "x16");
        Random.Shared.NextInt64(long.MinValue, long.MaxValue).TryFormat(text[16..], out var _, "x16");
    });
}
