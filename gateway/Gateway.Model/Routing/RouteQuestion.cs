namespace Gateway.Model.Routing;

/// <summary>What of a request decides its route.</summary>
/// <param name="Scheme"><c>http</c> or <c>https</c>: how the client comes.</param>
/// <param name="Host">The host header, with a port where it names one; empty for none.</param>
/// <param name="Path">As in the request line; a query in it counts for nothing.</param>
/// <param name="Sni">The server name of the TLS handshake; null for none.</param>
public sealed record RouteQuestion(string Method, string Scheme, string Host, string Path, string? Sni)
{
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Headers { get; init; } = new Dictionary<string, IReadOnlyList<string>>(StringComparer.OrdinalIgnoreCase);
}
