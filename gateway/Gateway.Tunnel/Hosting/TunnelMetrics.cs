using System.Diagnostics.Metrics;
using System.Text;
using Gateway.Tunnel.Identity;

namespace Gateway.Tunnel.Hosting;

/// <summary>What the tunnels count about themselves, at either end.</summary>
internal sealed class TunnelMetrics
{
    public const string MeterName = "Gateway.Tunnel";
    private readonly Counter<long> _refused;
    private readonly UpDownCounter<long> _streams;
    private readonly Counter<long> _updates;
    private readonly Counter<long> _bytes;

    public TunnelMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _refused = meter.CreateCounter<long>("gateway.tunnel.refused", "{peer}", "Peers refused, by reason");
        _streams = meter.CreateUpDownCounter<long>("gateway.tunnel.streams", "{stream}", "Live streams of data planes");
        _updates = meter.CreateCounter<long>("gateway.tunnel.updates", "{update}", "Updates sent, by kind");
        _bytes = meter.CreateCounter<long>("gateway.tunnel.update.size", "By", "Payload bytes of updates sent, by kind");
    }

    public void Refused(PeerRefusalReason reason) => Refused(SnakeCase(reason.ToString()));

    public void Refused(string reason) => _refused.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public void StreamBegan() => _streams.Add(1);

    public void StreamEnded() => _streams.Add(-1);

    public void UpdateSent(bool isSnapshot, long bytes)
    {
        var kind = new KeyValuePair<string, object?>("kind", isSnapshot ? "snapshot" : "delta");
        _updates.Add(1, kind);
        _bytes.Add(bytes, kind);
    }

    private static string SnakeCase(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        foreach (var c in name)
        {
            if (char.IsAsciiLetterUpper(c) && text.Length > 0)
            {
                text.Append('_');
            }

            text.Append(char.ToLowerInvariant(c));
        }

        return text.ToString();
    }
}
