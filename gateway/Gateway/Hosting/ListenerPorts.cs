namespace Gateway.Hosting;

/// <summary>Endpoint metadata: the only ports on which the endpoint may be reached.</summary>
internal sealed record ListenerPorts(IReadOnlyList<int> Ports);
