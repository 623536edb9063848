using System.Text.Json.Nodes;

namespace Hybrid.Infra.Tests.Chart.Manifests;

/// <summary>One rendered object: as it is written, and as Kubernetes' own model of its kind.</summary>
internal sealed record Manifest(JsonObject Json, object Object)
{
    public string Kind => (string)Json["kind"]!;

    public string Name => (string)Json["metadata"]!["name"]!;

    public JsonObject Labels => Json["metadata"]!["labels"] as JsonObject ?? [];

    public override string ToString() => $"{Kind} {Name}";
}
