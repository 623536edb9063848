using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Gateway.Plugins.OpenIdConnect;

/// <summary>The issuers of all plugin instances: one for equal settings, however often the configuration is published.</summary>
internal sealed class Issuers(ProviderClient client, TimeProvider time, ILogger<Issuers> logger)
{
    private readonly ConcurrentDictionary<IssuerSettings, WeakReference<Issuer>> _issuers = new();
    private readonly Lock _gate = new();

    public Issuer Get(IssuerSettings settings)
    {
        lock (_gate)
        {
            if (_issuers.TryGetValue(settings, out var known) && known.TryGetTarget(out var issuer))
            {
                return issuer;
            }

            foreach (var entry in _issuers)
            {
                if (!entry.Value.TryGetTarget(out _))
                {
                    _issuers.TryRemove(entry);
                }
            }

            issuer = new Issuer(settings, client, time, logger);
            _issuers[settings] = new WeakReference<Issuer>(issuer);
            return issuer;
        }
    }
}
