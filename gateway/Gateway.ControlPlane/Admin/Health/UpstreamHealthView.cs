using System.Text.Json.Nodes;
using Gateway.ControlPlane.Sites;
using Gateway.Tunnel.Health;

namespace Gateway.ControlPlane.Admin.Health;

/// <summary>Health in Kong's words and shape. <c>data_planes</c> is ours.</summary>
internal static class UpstreamHealthView
{
    private const string Healthy = "HEALTHY";
    private const string Unhealthy = "UNHEALTHY";
    private const string DnsError = "DNS_ERROR";
    private const string Off = "HEALTHCHECKS_OFF";

    // The worst first.
    private static readonly string[] Verdicts = [DnsError, Unhealthy, Healthy, Off];

    /// <summary>A target with its health, added to the entity as it is shown.</summary>
    public static JsonObject Target(JsonObject target, IReadOnlyList<UpstreamHealthRecord> reports)
    {
        var name = (string)target["target"]!;
        var found = new List<(UpstreamHealthRecord Record, TargetReport Target, string Health)>();
        foreach (var record in reports)
        {
            if (record.Report.Targets.FirstOrDefault(candidate => candidate.Target == name) is { } report)
            {
                found.Add((record, report, HealthOf(report, record.Report.UsesChecks)));
            }
        }

        target["health"] = Worst(found.Select(static item => item.Health));

        // As the worst of them sees it, so that what is shown belongs together.
        var shown = found.OrderBy(static item => Array.IndexOf(Verdicts, item.Health)).Select(static item => (item.Target, item.Record.Report.UsesChecks)).FirstOrDefault();
        target["data"] = new JsonObject
        {
            ["addresses"] = Addresses(shown.Target?.Addresses ?? [], shown.UsesChecks),
            ["weight"] = Weight(shown.Target?.Addresses ?? []),
        };
        target["data_planes"] = new JsonArray([.. found.Select(static item => DataPlane(item.Record, item.Health, Addresses(item.Target.Addresses, item.Record.Report.UsesChecks)))]);
        return target;
    }

    /// <summary>An upstream as a whole, for <c>balancer_health=1</c>.</summary>
    public static JsonObject Balancer(Guid upstream, IReadOnlyList<UpstreamHealthRecord> reports)
    {
        var found = reports.Select(static record => (Record: record, Health: HealthOf(record.Report))).ToList();
        var worst = found.OrderBy(static item => Array.IndexOf(Verdicts, item.Health)).Select(static item => item.Record.Report).FirstOrDefault();
        return new JsonObject
        {
            ["id"] = upstream.ToString("D"),
            ["health"] = Worst(found.Select(static item => item.Health)),
            ["details"] = worst is not { UsesChecks: true }
                ? null
                : new JsonObject { ["healthy"] = worst.IsAvailable, ["weight"] = Weight([.. worst.Targets.SelectMany(static target => target.Addresses)]) },
            ["data_planes"] = new JsonArray([.. found.Select(static item => DataPlane(item.Record, item.Health, addresses: null))]),
        };
    }

    private static string HealthOf(UpstreamReport report) => !report.UsesChecks ? Off : report.IsAvailable ? Healthy : Unhealthy;

    // As Kong: one healthy address makes a healthy target.
    private static string HealthOf(TargetReport target, bool usesChecks) =>
        target.Addresses.Count == 0 ? DnsError
        : !usesChecks ? Off
        : target.Addresses.Any(static address => address.IsHealthy) ? Healthy
        : Unhealthy;

    // Where no data plane uses the upstream, nobody checks it.
    private static string Worst(IEnumerable<string> found) => Verdicts[found.Select(static health => Array.IndexOf(Verdicts, health)).DefaultIfEmpty(Verdicts.Length - 1).Min()];

    private static JsonArray Addresses(IReadOnlyList<AddressReport> addresses, bool usesChecks) => new([.. addresses.Select(address => (JsonNode)new JsonObject
    {
        ["ip"] = address.Ip,
        ["port"] = address.Port,
        ["weight"] = address.Weight,
        ["health"] = !usesChecks ? Off : address.IsHealthy ? Healthy : Unhealthy,
    })]);

    private static JsonObject Weight(IReadOnlyList<AddressReport> addresses)
    {
        var total = addresses.Sum(static address => (long)address.Weight);
        var available = addresses.Where(static address => address.IsHealthy).Sum(static address => (long)address.Weight);
        return new JsonObject { ["total"] = total, ["available"] = available, ["unavailable"] = total - available };
    }

    private static JsonObject DataPlane(UpstreamHealthRecord record, string health, JsonArray? addresses)
    {
        var shown = new JsonObject
        {
            ["id"] = record.Instance.ToString("D"),
            ["site"] = record.Site,
            ["hostname"] = record.Hostname,
            ["health"] = health,
        };
        if (addresses is not null)
        {
            shown["addresses"] = addresses;
        }

        return shown;
    }
}
