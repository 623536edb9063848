using System.Text.Json.Serialization;

namespace Hybrid.Infra.Tests.Chart.Manifests;

internal sealed record ServiceMonitorEndpoint(
    [property: JsonPropertyName("port"), JsonRequired] string Port,
    [property: JsonPropertyName("path")] string? Path,
    [property: JsonPropertyName("interval")] string? Interval,
    [property: JsonPropertyName("scrapeTimeout")] string? ScrapeTimeout);
