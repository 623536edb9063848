using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Gateway.DataPlane.Balancing;
using Gateway.DataPlane.Dns;
using Microsoft.Extensions.Options;

namespace Gateway.DataPlane.Forwarding;

/// <summary>
/// Resolves upstreams' host names and remembers the answers for as long as they hold. A request waits only for a name's first answer: later ones are fetched
/// beside it, and while no server answers the last one serves on.
/// </summary>
internal sealed class HostResolver(INameLookup lookup, IOptions<DataPlaneOptions> options, TimeProvider time)
{
    /// <summary>As Kong's dns_cache_size. Names come from the configuration, so it is hardly ever reached.</summary>
    private const int MostNames = 10_000;

    /// <summary>A time to live of 0 is not once per request.</summary>
    private static readonly TimeSpan ShortestLife = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, HostEntry> _known = new(StringComparer.OrdinalIgnoreCase);
    private readonly DnsOptions _options = options.Value.Dns;

    /// <exception cref="SocketException">There is no such name (HostNotFound), or nobody could tell (TryAgain).</exception>
    public ValueTask<HostAddresses> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(host, out var address))
        {
            return new(new HostAddresses([address], time.GetTimestamp()));
        }

        var entry = Entry(host);
        var answer = entry.Answer;
        if (answer is null || (answer.Addresses.All.Count == 0 && IsOver(answer)))
        {
            return FirstAsync(entry, cancellationToken);
        }

        if (IsOver(answer))
        {
            if (time.GetTimestamp() >= answer.StaleUntil)
            {
                return FirstAsync(entry, cancellationToken);
            }

            _ = RefreshAsync(entry);
        }

        return new(OrThrow(answer).Addresses);
    }

    /// <summary>What a target's name stands for, no older than it may be. May wait.</summary>
    /// <inheritdoc cref="ResolveAsync"/>
    public async Task<TargetLookup> ResolveTargetAsync(string name, CancellationToken cancellationToken)
    {
        var entry = Entry(name);
        var answer = entry.Answer is { } known && !IsOver(known) ? known : await RefreshAsync(entry).WaitAsync(cancellationToken);
        var life = time.GetElapsedTime(time.GetTimestamp(), answer.FreshUntil);
        return new TargetLookup(OrThrow(answer).Targets, life);
    }

    private static HostAnswer OrThrow(HostAnswer answer) =>
        answer.Targets.Count > 0 ? answer : throw new SocketException((int)(answer.IsCertain ? SocketError.HostNotFound : SocketError.TryAgain), answer.Problem);

    private async ValueTask<HostAddresses> FirstAsync(HostEntry entry, CancellationToken cancellationToken) =>
        OrThrow(await RefreshAsync(entry).WaitAsync(cancellationToken)).Addresses;

    private bool IsOver(HostAnswer answer) => time.GetTimestamp() >= answer.FreshUntil;

    private HostEntry Entry(string name)
    {
        if (_known.TryGetValue(name, out var entry))
        {
            return entry;
        }

        if (_known.Count >= MostNames)
        {
            Forget();
        }

        return _known.GetOrAdd(name, static name => new HostEntry(name));
    }

    private void Forget()
    {
        var now = time.GetTimestamp();
        foreach (var (name, entry) in _known)
        {
            if (entry.Answer is { } answer && now >= answer.StaleUntil)
            {
                _known.TryRemove(name, out _);
            }
        }
    }

    // One at a time for each name, whoever asks; nobody's cancellation ends it.
    private Task<HostAnswer> RefreshAsync(HostEntry entry) => entry.RefreshOnce(() => Task.Run(() => LookUpAsync(entry)));

    private async Task<HostAnswer> LookUpAsync(HostEntry entry)
    {
        var found = await lookup.LookUpAsync(entry.Name, CancellationToken.None);
        var now = time.GetTimestamp();
        var known = entry.Answer;
        HostAnswer answer;
        if (found.Addresses.Count > 0)
        {
            var life = Longer(_options.ValidTtl ?? found.Life ?? ShortestLife);
            answer = HostAnswer.Of(found.Addresses, now, After(now, life), After(now, life + _options.StaleTtl));
        }
        else if (found.IsCertain)
        {
            var life = found.Life is { } said && said < _options.NotFoundTtl ? said : _options.NotFoundTtl;
            answer = HostAnswer.None(found, now, After(now, Longer(life)));
        }
        else
        {
            var retryAt = After(now, Longer(_options.ErrorTtl));
            answer = known is { Targets.Count: > 0 } && now < known.StaleUntil
                ? known with { FreshUntil = Math.Min(retryAt, known.StaleUntil), Problem = found.Problem }
                : HostAnswer.None(found, now, retryAt);
        }

        entry.Answer = answer;
        return answer;
    }

    private static TimeSpan Longer(TimeSpan life) => life < ShortestLife ? ShortestLife : life;

    private long After(long now, TimeSpan life) => now + (long)(life.TotalSeconds * time.TimestampFrequency);
}
