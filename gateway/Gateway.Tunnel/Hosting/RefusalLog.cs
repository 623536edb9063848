using System.Collections.Concurrent;
using System.Net;
using Gateway.Tunnel.Identity;
using Microsoft.Extensions.Logging;

namespace Gateway.Tunnel.Hosting;

/// <summary>Logs refused connections, at most one a second for each reason: whoever is refused decides how often. The metric counts all.</summary>
internal sealed class RefusalLog(TimeProvider time, ILogger<RefusalLog> logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    public void Refused(EndPoint? address, string reason, string problem)
    {
        var entry = _entries.GetOrAdd(reason, static _ => new Entry());
        int unsaid;
        lock (entry)
        {
            var now = time.GetTimestamp();
            if (entry.LastSaid is { } last && time.GetElapsedTime(last, now) < Interval)
            {
                entry.Unsaid++;
                return;
            }

            (unsaid, entry.Unsaid, entry.LastSaid) = (entry.Unsaid, 0, now);
        }

        CertificateLog.PeerRefused(logger, address?.ToString() ?? "", reason, problem, unsaid);
    }

    private sealed class Entry
    {
        public long? LastSaid { get; set; }

        public int Unsaid { get; set; }
    }
}
