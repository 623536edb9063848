namespace Gateway.ControlPlane.Store.Writing;

/// <summary>Who writes, and from where: recorded with the revision.</summary>
/// <param name="Principal">Who is responsible.</param>
/// <param name="SourceAddress">The client's address, null where there was none.</param>
/// <param name="Kind">Through what: <c>admin</c>, <c>declarative</c>, <c>system</c>.</param>
public sealed record WriteOrigin(string Principal, string? SourceAddress, string Kind, string? Message = null)
{
    /// <summary>The tags that the principal is limited to: what is not theirs is refused, and everything is given up. Null where it isn't limited.</summary>
    public IReadOnlyList<string>? Limits { get; init; }

    /// <summary>What the control plane writes of itself.</summary>
    public static WriteOrigin System(string message) => new("system", SourceAddress: null, "system", message);
}
