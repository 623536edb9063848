namespace Gateway.Model.Plugins.OpenTelemetry;

/// <summary>Kong's <c>propagation</c>: how a trace comes in, and how it goes on.</summary>
public sealed record PropagationConfig
{
    /// <summary>Formats in the order in which they are looked for: <c>w3c</c>, <c>b3</c>. Null for what <c>header_type</c> means.</summary>
    public IReadOnlyList<string>? Extract { get; init; }

    /// <summary>Headers that are taken off once they are read.</summary>
    public IReadOnlyList<string>? Clear { get; init; }

    /// <summary>Formats that the upstream gets: <c>preserve</c> (that of the client), <c>w3c</c>, <c>b3</c>, <c>b3-single</c>.</summary>
    public IReadOnlyList<string>? Inject { get; init; }

    /// <summary>What <c>preserve</c> means where the client sent nothing.</summary>
    public string DefaultFormat { get; init; } = "w3c";
}
