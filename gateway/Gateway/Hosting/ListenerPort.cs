namespace Gateway.Hosting;

/// <summary>Endpoint metadata: the only port on which the endpoint may be reached.</summary>
internal sealed record ListenerPort(int Port);
