using System.Net.Sockets;
using Gateway.DataPlane.Forwarding;
using Microsoft.Extensions.Logging;

namespace Gateway.DataPlane.Balancing;

/// <summary>Finds the addresses that targets' names stand for. What was known serves on while a name does not resolve.</summary>
internal sealed class TargetResolver(HostResolver hosts, TimeProvider time, ILogger<TargetResolver> logger)
{
    /// <summary>As Kong's <c>dns_error_ttl</c> would have it for what cannot be reached: soon again, and never in a loop.</summary>
    private static readonly TimeSpan RetryAfterFailure = TimeSpan.FromSeconds(1);

    /// <summary>A time to live of 0 is not once per request.</summary>
    private static readonly TimeSpan ShortestLife = TimeSpan.FromSeconds(1);

    /// <summary>Resolves what is due. Never throws: what failed is part of the state.</summary>
    public async Task RefreshAsync(UpstreamState state)
    {
        // The caller is on a request's path.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        await Task.WhenAll(state.NamesToResolve(time.GetTimestamp()).Select(name => ResolveAsync(state, name)));
    }

    private async Task ResolveAsync(UpstreamState state, string name)
    {
        var known = state.ResolutionOf(name);
        try
        {
            var found = await hosts.ResolveTargetAsync(name, CancellationToken.None);
            var life = found.Life < ShortestLife ? ShortestLife : found.Life;
            state.Resolved(name, new TargetResolution(found.Addresses, After(life), Problem: null));
        }
        catch (SocketException failure)
        {
            BalancingLog.NotResolved(logger, name, failure.Message, known?.Addresses.Count ?? 0);
            state.Resolved(name, new TargetResolution(known?.Addresses ?? [], After(RetryAfterFailure), failure.Message));
        }
    }

    private long After(TimeSpan life) => time.GetTimestamp() + (long)(life.TotalSeconds * time.TimestampFrequency);
}
