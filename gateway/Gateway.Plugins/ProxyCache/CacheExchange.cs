namespace Gateway.Plugins.ProxyCache;

/// <summary>What one request that goes upstream leaves for its later phases.</summary>
internal sealed class CacheExchange(string key, Conditions conditions)
{
    public string Key { get; } = key;

    /// <summary>What the client has already, by its own word.</summary>
    public Conditions Conditions { get; } = conditions;

    /// <summary>What others wait for; null where nobody does.</summary>
    public Flight? Flight { get; set; }

    /// <summary>What the upstream was asked to confirm.</summary>
    public CachedResponse? Stale { get; set; }

    /// <summary>What is to be kept once the response is over.</summary>
    public CachedResponse? ToKeep { get; set; }

    /// <summary>Whether <see cref="ToKeep"/> has its body already.</summary>
    public bool IsConfirmed { get; set; }
}
