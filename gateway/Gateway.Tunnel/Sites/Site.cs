namespace Gateway.Tunnel.Sites;

/// <summary>What a data plane's certificate names: registered, labelled and disabled as one, whatever number of instances runs under it.</summary>
/// <param name="Name">The last segment of <c>spiffe://TRUST-DOMAIN/data-plane/SITE</c>: 1 to 63 of a-z, 0-9 and -, as a DNS label.</param>
public sealed record Site(string Name, bool Enabled, IReadOnlyDictionary<string, string> Labels);
