namespace Gateway.Tunnel.Health;

/// <param name="Target">As configured, <c>host:port</c>.</param>
/// <param name="Addresses">Empty where its name does not resolve.</param>
public sealed record TargetReport(string Target, IReadOnlyList<AddressReport> Addresses);
