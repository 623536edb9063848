namespace Gateway.ControlPlane.Store;

/// <summary>What a read answered last, for the time when the database is away.</summary>
internal sealed class LastKnown<T>
    where T : class
{
    private volatile T? _value;
    private volatile bool _isAway;

    /// <summary>Whether the latest answer came from memory.</summary>
    public bool IsAway => _isAway;

    /// <exception cref="StoreUnavailableException">The database is away, and nothing was read before.</exception>
    public async Task<T> ReadAsync(Func<Task<T>> read)
    {
        try
        {
            var value = await read();
            (_value, _isAway) = (value, false);
            return value;
        }
        catch (StoreUnavailableException) when (_value is not null)
        {
            _isAway = true;
            return _value;
        }
    }
}
