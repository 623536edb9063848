using System.Globalization;
using System.Text;
using Gateway.Tunnel.Identity;
using Gateway.Tunnel.Telemetry.Ingest;

namespace Gateway.Tunnel.Hosting;

/// <summary>A control plane's tunnels in Prometheus' text format, version 0.0.4.</summary>
public sealed class TunnelMetricsText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";
    private readonly TunnelMetrics _metrics;
    private readonly IngestMetrics _ingest;
    private readonly CertificateFiles _certificates;

    internal TunnelMetricsText(TunnelMetrics metrics, IngestMetrics ingest, CertificateFiles certificates) =>
        (_metrics, _ingest, _certificates) = (metrics, ingest, certificates);

    public string Render()
    {
        var text = new StringBuilder();
        Header(text, "gateway_tunnel_refusals_total", "counter", "Connections and calls of peers that were refused, by reason.");
        Values(text, "gateway_tunnel_refusals_total", "reason", _metrics.Refusals);
        Header(text, "gateway_tunnel_streams", "gauge", "Live streams of data planes.");
        text.Append(CultureInfo.InvariantCulture, $"gateway_tunnel_streams {_metrics.LiveStreams}\n");
        Header(text, "gateway_tunnel_updates_total", "counter", "Configuration updates sent, by kind.");
        Values(text, "gateway_tunnel_updates_total", "kind", _metrics.Updates);
        Header(text, "gateway_tunnel_update_bytes_total", "counter", "Payload bytes of configuration updates sent, by kind.");
        Values(text, "gateway_tunnel_update_bytes_total", "kind", _metrics.UpdateBytes);
        Header(text, "gateway_tunnel_certificates_issued_total", "counter", "Certificates issued to data planes, by cause.");
        Values(text, "gateway_tunnel_certificates_issued_total", "cause", _metrics.Issued);
        Header(text, "gateway_telemetry_points_total", "counter", "Data points taken from data planes and other exporters.");
        text.Append(CultureInfo.InvariantCulture, $"gateway_telemetry_points_total {_ingest.Taken}\n");
        Header(text, "gateway_telemetry_rejected_points_total", "counter", "Data points that were not taken, by reason.");
        Values(text, "gateway_telemetry_rejected_points_total", "reason", _ingest.Rejected);
        Header(text, "gateway_telemetry_overflow_points_total", "counter", "Data points that are counted in an overflow series, since their site has too many.");
        text.Append(CultureInfo.InvariantCulture, $"gateway_telemetry_overflow_points_total {_ingest.Overflowed}\n");

        var material = _certificates.Current;
        Header(text, "gateway_tunnel_certificate_expiry_timestamp_seconds", "gauge", "When the control plane's own certificate ends.");
        text.Append(CultureInfo.InvariantCulture, $"gateway_tunnel_certificate_expiry_timestamp_seconds {material.NotAfter.ToUnixTimeSeconds()}\n");
        Header(text, "gateway_tunnel_authority_expiry_timestamp_seconds", "gauge", "When each authority in the bundle ends, by the SHA-256 of its certificate.");
        var authorities = material.Authorities.DistinctBy(AuthorityFingerprint.Of, StringComparer.Ordinal).ToDictionary(
            AuthorityFingerprint.Of, authority => new DateTimeOffset(authority.NotAfter.ToUniversalTime()).ToUnixTimeSeconds(), StringComparer.Ordinal);
        Values(text, "gateway_tunnel_authority_expiry_timestamp_seconds", "fingerprint", authorities);
        return text.ToString();
    }

    private static void Header(StringBuilder text, string name, string type, string help) =>
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n");

    // Labels are names of ours: nothing to escape.
    private static void Values(StringBuilder text, string name, string label, IReadOnlyDictionary<string, long> values)
    {
        foreach (var (key, value) in values.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"{name}{{{label}=\"{key}\"}} {value}\n");
        }
    }
}
