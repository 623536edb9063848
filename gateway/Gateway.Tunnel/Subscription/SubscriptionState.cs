namespace Gateway.Tunnel.Subscription;

/// <summary>Publishes <see cref="SubscriptionStatus"/>.</summary>
public sealed class SubscriptionState
{
    private readonly Lock _lock = new();
    private volatile SubscriptionStatus _current = SubscriptionStatus.Initial;

    public SubscriptionStatus Current => _current;

    /// <summary>Raised after <see cref="Current"/> became another; handlers are quick.</summary>
    public event EventHandler? Changed;

    internal void Set(Func<SubscriptionStatus, SubscriptionStatus> change)
    {
        lock (_lock)
        {
            _current = change(_current);
        }

        Changed?.Invoke(this, EventArgs.Empty);
    }
}
