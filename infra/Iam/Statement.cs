using System.Collections.Immutable;
using Pulumi;

namespace Hybrid.Infra.Iam;

/// <summary>One statement of a policy document.</summary>
public sealed record Statement
{
    public required string Sid { get; init; }

    public required ImmutableArray<string> Actions { get; init; }

    /// <summary>ARNs; empty in a trust policy.</summary>
    public ImmutableArray<Input<string>> Resources { get; init; } = [];

    /// <summary>Who: <c>Service</c> or <c>AWS</c>, to one principal; none in a policy that hangs on a role.</summary>
    public (string Kind, Input<string> Value)? Principal { get; init; }

    public ImmutableArray<Condition> Conditions { get; init; } = [];

    public static (string Kind, Input<string> Value) Service(string name) => ("Service", name);

    /// <summary>Whoever the conditions let in; for policies of endpoints and of nothing else.</summary>
    public static (string Kind, Input<string> Value) Anyone() => ("AWS", "*");

    public static (string Kind, Input<string> Value) Account(string id) => ("AWS", $"arn:aws:iam::{id}:root");
}
