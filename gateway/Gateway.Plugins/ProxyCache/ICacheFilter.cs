using Gateway.DataPlane.Pipeline;

namespace Gateway.Plugins.ProxyCache;

/// <summary>What else decides on a cache beside HTTP's own rules.</summary>
internal interface ICacheFilter
{
    /// <summary>Whether a request may be answered from the cache, and its response kept.</summary>
    bool MayAnswer(RequestContext context, ReadOnlyMemory<byte> body);

    /// <summary>Whether a whole response may be kept.</summary>
    bool MayKeep(ReadOnlyMemory<byte> body);
}
