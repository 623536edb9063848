namespace Gateway.Model.Plugins;

/// <summary>Kong's <c>queue</c>: how records wait for their way out. Times are in seconds.</summary>
public sealed record QueueConfig
{
    /// <summary>Records that are sent together at most, 1 to 1,000,000.</summary>
    public int MaxBatchSize { get; init; } = 1;

    /// <summary>How long a first record waits for others, 0 to 3600. Without effect where a batch is one record.</summary>
    public double MaxCoalescingDelay { get; init; } = 1;

    /// <summary>Records that wait at most, 1 to 1,000,000; then the oldest are dropped and counted.</summary>
    public int MaxEntries { get; init; } = 10000;

    /// <summary>Bytes that wait at most; null for no limit.</summary>
    public long? MaxBytes { get; init; }

    /// <summary>After this time a batch that cannot be sent is dropped and counted; -1 for no second try.</summary>
    public double MaxRetryTime { get; init; } = 60;

    /// <summary>Before the second try; doubled for each further one.</summary>
    public double InitialRetryDelay { get; init; } = 0.01;

    /// <summary>Between two tries at most.</summary>
    public double MaxRetryDelay { get; init; } = 60;

    /// <summary>1: batches go out one after the other; -1: as many at once as there are.</summary>
    public int ConcurrencyLimit { get; init; } = 1;
}
