using System.Text.Json.Serialization;
using k8s.Models;

namespace Hybrid.Infra.Tests.Chart.Manifests;

/// <summary>What the chart uses of the Prometheus operator's ServiceMonitor (monitoring.coreos.com/v1), under its names and with its types.</summary>
internal sealed record ServiceMonitor(
    [property: JsonPropertyName("apiVersion"), JsonRequired] string ApiVersion,
    [property: JsonPropertyName("kind"), JsonRequired] string Kind,
    [property: JsonPropertyName("metadata"), JsonRequired] V1ObjectMeta Metadata,
    [property: JsonPropertyName("spec"), JsonRequired] ServiceMonitorSpec Spec);
