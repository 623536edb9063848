namespace Gateway.Tunnel.Publication.Compatibility;

/// <summary>What an instance says it can read.</summary>
/// <param name="Plugins">Plugin name to version.</param>
public sealed record InstanceProfile(string GatewayVersion, IReadOnlyDictionary<string, string> Plugins);
