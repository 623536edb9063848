using Gateway.Model.Schemas;

namespace Gateway.Model.Plugins;

/// <summary>
/// Kong's <c>sync_rate</c>: how many seconds counters in Redis may lag behind, -1 for not at all. Ours never lag: each request is one round trip, whatever the field allows.
/// </summary>
internal static class SyncRate
{
    /// <summary>Kong refuses shorter ones.</summary>
    private const double Shortest = 0.02;

    public static FieldSchema Create(double? @default) => new("sync_rate", FieldType.Number)
    {
        Default = @default,
        Required = @default is not null,
        Check = value => FieldRules.Number(value) switch
        {
            < 0 and not -1 => "value must be -1, 0 or positive",
            > 0 and < Shortest => "Config option 'sync_rate' must not be between 0 and 0.02",
            _ => null,
        },
    };
}
