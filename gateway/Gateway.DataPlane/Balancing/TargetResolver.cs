using System.Net.Sockets;
using Gateway.DataPlane.Forwarding;
using Microsoft.Extensions.Logging;

namespace Gateway.DataPlane.Balancing;

/// <summary>Keeps upstreams' targets at the addresses that their names stand for.</summary>
internal sealed class TargetResolver(HostResolver hosts, TimeProvider time, ILogger<TargetResolver> logger)
{
    // The resolver below remembers for how long it need not ask again.
    private static readonly TimeSpan RetryAfterFailure = TimeSpan.FromSeconds(1);

    /// <summary>Resolves what is due. Never throws: what failed is part of the state.</summary>
    public async Task RefreshAsync(UpstreamState state)
    {
        // The caller is on a request's path.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        await Task.WhenAll(state.NamesToResolve(time.GetTimestamp()).Select(name => ResolveAsync(state, name)));
    }

    private async Task ResolveAsync(UpstreamState state, string name)
    {
        try
        {
            var found = await hosts.ResolveTargetAsync(name, CancellationToken.None);
            state.Resolved(name, new TargetResolution(found.Addresses, After(found.Life), Problem: null));
        }
        catch (SocketException failure)
        {
            BalancingLog.NotResolved(logger, name, failure.Message);
            state.Resolved(name, new TargetResolution([], After(RetryAfterFailure), failure.Message));
        }
    }

    private long After(TimeSpan life) => time.GetTimestamp() + (long)(life.TotalSeconds * time.TimestampFrequency);
}
