namespace Gateway.DataPlane.Forwarding;

/// <summary>The connections of one TLS profile.</summary>
internal sealed class ConnectionPool(HttpMessageInvoker invoker)
{
    private long _lastUsed;

    public HttpMessageInvoker Invoker => invoker;

    /// <summary>A time stamp of the clock in use.</summary>
    public long LastUsed
    {
        get => Volatile.Read(ref _lastUsed);
        set => Volatile.Write(ref _lastUsed, value);
    }
}
