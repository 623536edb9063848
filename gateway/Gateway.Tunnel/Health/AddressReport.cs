namespace Gateway.Tunnel.Health;

public sealed record AddressReport(string Ip, int Port, int Weight, bool IsHealthy);
