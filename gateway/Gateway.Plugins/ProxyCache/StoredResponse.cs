using System.Runtime.InteropServices;

namespace Gateway.Plugins.ProxyCache;

/// <param name="Response">Null where nothing is kept.</param>
/// <param name="IsAway">The store could not be asked.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct StoredResponse(CachedResponse? Response, bool IsAway);
