using Gateway.DataPlane.Configuration;
using Gateway.DataPlane.Model;

namespace Gateway.DataPlane.Health;

/// <summary>The upstreams that services point at: nothing is known of others, and nobody asks them anything.</summary>
internal static class UpstreamsInUse
{
    public static Dictionary<Guid, UpstreamModel> Of(RuntimeConfiguration configuration)
    {
        var used = new Dictionary<Guid, UpstreamModel>();
        if (configuration.Upstreams.Count > 0)
        {
            foreach (var service in configuration.Services.Values)
            {
                if (service.Entity.Enabled && configuration.FindUpstream(service.Entity.Host) is { } upstream)
                {
                    used.TryAdd(upstream.Id, upstream);
                }
            }
        }

        return used;
    }
}
