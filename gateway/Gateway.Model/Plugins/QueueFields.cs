using Gateway.Model.Schemas;

namespace Gateway.Model.Plugins;

/// <summary>The fields of <see cref="QueueConfig"/>.</summary>
internal static class QueueFields
{
    private const double Unlimited = 1_000_000;

    public static FieldSchema Create() => Field.Record(
        "queue",
        Field.Integer("max_batch_size", 1, 1, 1_000_000),
        Field.Number("max_coalescing_delay", 1, 0, 3600),
        Field.Integer("max_entries", 10000, 1, 1_000_000),
        Field.Integer("max_bytes", null, 1, long.MaxValue),
        Field.Number("max_retry_time", 60, -1, Unlimited),
        Field.Number("initial_retry_delay", 0.01, 0.001, Unlimited),
        Field.Number("max_retry_delay", 60, 0.001, Unlimited),
        new FieldSchema("concurrency_limit", FieldType.Integer)
        {
            Default = 1,
            Required = true,
            Check = value => value.ToJsonString() is "1" or "-1" ? null : "expected one of: 1, -1",
        });
}
