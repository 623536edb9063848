using System.Globalization;
using System.Net;

namespace Gateway.DataPlane.Dns;

/// <summary>What <c>resolv.conf(5)</c> says.</summary>
internal sealed record ResolverSettings
{
    private const int Port = 53;

    // The limits of glibc, but for the servers, of which it takes three.
    private const int MostServers = 8;
    private const int MostDots = 15;
    private const int LongestTimeout = 30;
    private const int MostAttempts = 5;

    public IReadOnlyList<IPEndPoint> Servers { get; init; } = [];

    /// <summary>Suffixes that a name is tried with.</summary>
    public IReadOnlyList<string> Search { get; init; } = [];

    /// <summary>A name with this many dots is tried as it is first.</summary>
    public int Dots { get; init; } = 1;

    /// <summary>For one server's answer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Rounds over all servers.</summary>
    public int Attempts { get; init; } = 2;

    /// <summary>Whether the servers take turns in being first.</summary>
    public bool Rotate { get; init; }

    /// <summary>Never fails: what is not understood is passed over, as the system's resolver does.</summary>
    public static ResolverSettings Parse(string text)
    {
        var settings = new ResolverSettings();
        var servers = new List<IPEndPoint>();
        foreach (var line in text.Split('\n'))
        {
            var words = line.Split((char[])[' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
            switch (words)
            {
                case ["nameserver", var address, ..] when servers.Count < MostServers && IPAddress.TryParse(address, out var server):
                    servers.Add(new IPEndPoint(server, Port));
                    break;
                case ["domain", var domain, ..]:
                    settings = settings with { Search = [domain] };
                    break;
                case ["search", .. var suffixes]:
                    settings = settings with { Search = [.. suffixes.TakeWhile(static suffix => suffix[0] is not ('#' or ';'))] };
                    break;
                case ["options", .. var options]:
                    settings = options.Aggregate(settings, static (current, option) => current.With(option));
                    break;
            }
        }

        return settings with { Servers = servers };
    }

    /// <summary>The names to try, in their order.</summary>
    public IEnumerable<string> Candidates(string name)
    {
        if (name.EndsWith('.'))
        {
            return [name.TrimEnd('.')];
        }

        var searched = Search.Select(suffix => $"{name}.{suffix.Trim('.')}").Where(candidate => !candidate.EndsWith('.'));
        return name.AsSpan().Count('.') >= Dots ? searched.Prepend(name) : searched.Append(name);
    }

    private ResolverSettings With(string option) => option.Split(':') switch
    {
        ["ndots", var value] when Number(value) is { } dots => this with { Dots = Math.Min(dots, MostDots) },
        ["timeout", var value] when Number(value) is { } seconds => this with { Timeout = TimeSpan.FromSeconds(Math.Clamp(seconds, 1, LongestTimeout)) },
        ["attempts", var value] when Number(value) is { } attempts => this with { Attempts = Math.Clamp(attempts, 1, MostAttempts) },
        ["rotate"] => this with { Rotate = true },
        _ => this,
    };

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
