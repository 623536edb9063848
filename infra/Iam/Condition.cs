using Pulumi;

namespace Hybrid.Infra.Iam;

/// <summary>A condition such as <c>StringEquals aws:SourceAccount 123456789012</c>.</summary>
public sealed record Condition(string Operator, string Key, Input<string> Value);
