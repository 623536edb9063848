namespace Gateway.Plugins.ProxyCache;

/// <summary>Where responses are kept.</summary>
internal interface IResponseStore
{
    /// <summary>What is kept under a key.</summary>
    ValueTask<StoredResponse> FindAsync(string key);

    /// <summary>Keeps a response for some time, if there is room. Does not wait.</summary>
    void Keep(string key, CachedResponse response, TimeSpan lifetime);
}
