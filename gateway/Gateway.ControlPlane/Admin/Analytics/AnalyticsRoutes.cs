using System.Globalization;
using System.Text.Json.Nodes;
using Gateway.ControlPlane.Admin.Http;
using Gateway.ControlPlane.Telemetry;

namespace Gateway.ControlPlane.Admin.Analytics;

/// <summary>
/// <c>/analytics/requests</c>: what the data planes served, per minute and in total, filtered and grouped by site, service, route and status.
/// </summary>
internal sealed class AnalyticsRoutes(RequestAnalytics analytics, TimeProvider time)
{
    public const string DefaultMetric = "gateway.requests";

    private static readonly TimeSpan DefaultRange = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestRange = TimeSpan.FromDays(7);
    private static readonly string[] Dimensions = ["site", "service", "route", "status"];

    public void AddTo(AdminRoutes routes) => routes.Get("/analytics/requests", ReadAsync);

    private async Task<AdminResponse> ReadAsync(AdminRequest request)
    {
        var to = time.GetUtcNow();
        if (request.Query.TryGetValue("to", out var toText) && !TryReadTime(toText.ToString(), out to))
        {
            return Invalid("to", "expected a time; allowed: Unix seconds or ISO 8601");
        }

        var from = to - DefaultRange;
        if (request.Query.TryGetValue("from", out var fromText) && !TryReadTime(fromText.ToString(), out from))
        {
            return Invalid("from", "expected a time; allowed: Unix seconds or ISO 8601");
        }

        if (from > to || to - from > LongestRange)
        {
            return Invalid("from", $"expected a time before 'to'; allowed: at most {LongestRange.TotalDays} days before");
        }

        var by = request.Query["by"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries);
        if (by.FirstOrDefault(dimension => !Dimensions.Contains(dimension, StringComparer.Ordinal)) is { } unknown)
        {
            return Invalid("by", $"unknown dimension {unknown}; allowed: {string.Join(", ", Dimensions)}");
        }

        var metric = Filter(request, "metric") ?? DefaultMetric;
        var query = new RequestQuery(metric, from, to, Filter(request, "site"), Filter(request, "service"), Filter(request, "route"), Filter(request, "status"));
        var samples = await analytics.ReadAsync(query, request.Cancellation);
        return AdminResponse.Ok(new JsonObject
        {
            ["metric"] = metric,
            ["from"] = from.ToUnixTimeSeconds(),
            ["to"] = to.ToUnixTimeSeconds(),
            ["by"] = new JsonArray([.. by.Select(dimension => JsonValue.Create(dimension))]),
            ["total"] = Values([], samples),
            ["groups"] = Group(samples, by, perMinute: false),
            ["minutes"] = Group(samples, by, perMinute: true),
        });
    }

    private static JsonArray Group(List<RequestSample> samples, string[] by, bool perMinute)
    {
        var groups = new JsonArray();
        foreach (var group in samples.GroupBy(sample => Key(sample, by, perMinute), StringComparer.Ordinal))
        {
            var first = group.First();
            var row = new JsonObject();
            if (perMinute)
            {
                row["minute"] = first.Minute;
            }

            foreach (var dimension in by)
            {
                row[dimension] = Dimension(first, dimension);
            }

            groups.Add(Values(row, group));
        }

        return groups;
    }

    private static JsonObject Values(JsonObject row, IEnumerable<RequestSample> samples)
    {
        long count = 0;
        double sum = 0;
        foreach (var sample in samples)
        {
            count += sample.Count;
            sum += sample.Sum;
        }

        row["count"] = count;
        row["sum"] = sum;
        return row;
    }

    private static string Key(RequestSample sample, string[] by, bool perMinute) =>
        string.Join('\n', by.Select(dimension => Dimension(sample, dimension) ?? "\0").Prepend(perMinute ? sample.Minute.ToString(CultureInfo.InvariantCulture) : ""));

    private static string? Dimension(RequestSample sample, string name) => name switch
    {
        "site" => sample.Site,
        "service" => sample.Service,
        "route" => sample.Route,
        _ => sample.Status,
    };

    private static string? Filter(AdminRequest request, string name) => request.Query.TryGetValue(name, out var value) ? value.ToString() : null;

    private static bool TryReadTime(string text, out DateTimeOffset time)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds())
        {
            time = DateTimeOffset.FromUnixTimeSeconds(seconds);
            return true;
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);
    }

    private static AdminResponse Invalid(string field, string problem) => AdminResponse.Of(new ConfigurationError(
        ErrorCode.InvalidOptions, $"invalid option ({field}: {problem})", new JsonObject { [field] = problem }));
}
