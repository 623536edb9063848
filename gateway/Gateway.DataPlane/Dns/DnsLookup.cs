using System.Net;
using Gateway.DataPlane.Balancing;

namespace Gateway.DataPlane.Dns;

/// <summary>
/// Looks names up as the system's resolver would, and tells how long the answer holds: the hosts file, then DNS with the search list. A name of the form
/// <c>_service._protocol.name</c> (RFC 2782) is asked for its SRV records, as Kong does; every other for its A records, and for its AAAA records where it has
/// none.
/// </summary>
internal sealed class DnsLookup(ResolverSettings settings, HostsFile hosts, DnsClient client) : INameLookup
{
    /// <summary>Of aliases in a row.</summary>
    private const int LongestChain = 16;

    /// <summary>Of an SRV record's targets, so that an answer does not become a flood of questions.</summary>
    private const int MostServices = 256;

    private static readonly TimeSpan HostsLife = TimeSpan.FromSeconds(5);

    public async Task<NameAnswer> LookUpAsync(string name, CancellationToken cancellationToken)
    {
        var fromFile = hosts.Find(name);
        if (fromFile.Count > 0)
        {
            return new NameAnswer(Addresses(fromFile), HostsLife);
        }

        if (SpecialUse(name) is { } special)
        {
            return special;
        }

        NameAnswer? failure = null;
        NameAnswer? absence = null;
        foreach (var candidate in settings.Candidates(name))
        {
            try
            {
                var answer = candidate.StartsWith('_') ? await ServicesAsync(candidate, cancellationToken) : await AddressesAsync(candidate, cancellationToken);
                if (answer.Addresses.Count > 0)
                {
                    return answer;
                }

                absence = Shorter(absence, answer);
            }
            catch (DnsFailureException problem)
            {
                failure = new NameAnswer([], Life: null, problem.Message, IsCertain: false);
            }
        }

        // Where one of the names could not be asked for, it may be the one.
        return failure ?? absence ?? new NameAnswer([], Life: null, $"{name} is no name");
    }

    // RFC 6761: these never leave the machine.
    private static NameAnswer? SpecialUse(string name)
    {
        var label = name.AsSpan().TrimEnd('.');
        label = label[(label.LastIndexOf('.') + 1)..];
        return label.Equals("localhost", StringComparison.OrdinalIgnoreCase) ? new NameAnswer([new TargetAddress(IPAddress.Loopback.ToString())], HostsLife)
            : label.Equals("invalid", StringComparison.OrdinalIgnoreCase) ? new NameAnswer([], HostsLife, $"{name} does not exist")
            : null;
    }

    private async Task<NameAnswer> AddressesAsync(string name, CancellationToken cancellationToken)
    {
        var four = await FollowAsync(name, DnsRecordType.A, cancellationToken);
        return four.Addresses.Count > 0 ? four : Shorter(four, await FollowAsync(name, DnsRecordType.Aaaa, cancellationToken));
    }

    // Aliases may end in the answer itself, or ask for another question.
    private async Task<NameAnswer> FollowAsync(string name, DnsRecordType type, CancellationToken cancellationToken)
    {
        var life = uint.MaxValue;
        var asked = name;
        for (var links = 0; links < LongestChain;)
        {
            var answer = await client.QueryAsync(asked, type, cancellationToken);
            var owner = asked.TrimEnd('.').ToLowerInvariant();
            while (links < LongestChain && answer.Answers.FirstOrDefault(record => record.Type == DnsRecordType.Cname && record.Owner == owner) is { } alias)
            {
                owner = alias.Target;
                life = Math.Min(life, alias.Life);
                links++;
            }

            var found = answer.Answers.Where(record => record.Type == type && record.Owner == owner).ToList();
            if (found.Count > 0)
            {
                life = Math.Min(life, found.Min(static record => record.Life));
                return new NameAnswer(Addresses(found.Select(static record => record.Address!).Distinct()), TimeSpan.FromSeconds(life));
            }

            if (owner.Equals(asked, StringComparison.OrdinalIgnoreCase) || answer.Code == DnsResponseCode.NameError || answer.AbsenceLife is not null)
            {
                return new NameAnswer([], answer.AbsenceLife is { } absence ? TimeSpan.FromSeconds(Math.Min(absence, life)) : null, $"{name} has no address");
            }

            asked = owner;
        }

        throw new DnsFailureException($"{name}: more than {LongestChain} aliases in a row");
    }

    private async Task<NameAnswer> ServicesAsync(string name, CancellationToken cancellationToken)
    {
        var answer = await client.QueryAsync(name, DnsRecordType.Srv, cancellationToken);
        var services = answer.Answers.Where(static record => record.Type == DnsRecordType.Srv && record.Target.Length > 0).ToList();
        if (services.Count == 0)
        {
            return new NameAnswer([], answer.AbsenceLife is { } absence ? TimeSpan.FromSeconds(absence) : null, $"{name} has no SRV record");
        }

        // Only the first choice; a resolver's client has no way to tell that it is gone.
        var best = services.Min(static record => record.Priority);
        var chosen = services.Where(record => record.Priority == best).Take(MostServices).ToList();
        var hosted = await Task.WhenAll(chosen.Select(record => AddressesAsync(record.Target, cancellationToken)));
        var life = TimeSpan.FromSeconds(chosen.Min(static record => record.Life));
        var addresses = new List<TargetAddress>();
        for (var i = 0; i < chosen.Count; i++)
        {
            life = hosted[i].Life is { } hostLife && hostLife < life ? hostLife : life;

            // As Kong: a weight of 0 is the least that there is.
            addresses.AddRange(hosted[i].Addresses.Select(address => address with { Port = chosen[i].Port, Weight = Math.Max((int)chosen[i].Weight, 1), Name = chosen[i].Target }));
        }

        return addresses.Count > 0
            ? new NameAnswer(addresses, life)
            : new NameAnswer([], life, $"no target of {name} has an address");
    }

    private static NameAnswer Shorter(NameAnswer? left, NameAnswer right) =>
        right.Addresses.Count > 0 || left is null || left.Life is null || right.Life < left.Life ? right : left;

    private static List<TargetAddress> Addresses(IEnumerable<IPAddress> addresses) => [.. addresses.Select(static address => new TargetAddress(address.ToString()))];
}
