namespace Pulumi.Serialization;

/// <summary>
/// Between the program and the mocks values are null, bool, double, string, ImmutableArray, ImmutableDictionary and what stands
/// below: the same forms as on the engine's wire, so that what gets lost there (secrecy, integers) gets lost here too.
/// </summary>
internal sealed class WireUnknown
{
    /// <summary>What stands for an unknown id inside a text.</summary>
    public const string Placeholder = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

    public static readonly WireUnknown Instance = new();

    private WireUnknown()
    {
    }
}

internal sealed record WireSecret(object? Value);

internal sealed record WireAsset(AssetOrArchive Value);

internal sealed record WireResource(Resource Value);
