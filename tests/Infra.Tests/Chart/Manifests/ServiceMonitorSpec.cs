using System.Text.Json.Serialization;
using k8s.Models;

namespace Hybrid.Infra.Tests.Chart.Manifests;

internal sealed record ServiceMonitorSpec(
    [property: JsonPropertyName("selector"), JsonRequired] V1LabelSelector Selector,
    [property: JsonPropertyName("endpoints"), JsonRequired] IReadOnlyList<ServiceMonitorEndpoint> Endpoints);
