namespace Gateway.Plugins.ProxyCache;

/// <summary>One request that went upstream for several.</summary>
internal sealed class Flight(string key)
{
    private readonly TaskCompletionSource<CachedResponse?> _landing = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Key { get; } = key;

    /// <summary>The response, or null where there is none that others may have, or it took too long.</summary>
    public async ValueTask<CachedResponse?> WaitAsync(TimeSpan limit, CancellationToken cancellation)
    {
        try
        {
            return await _landing.Task.WaitAsync(limit, cancellation);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    public void End(CachedResponse? response) => _landing.TrySetResult(response);
}
