namespace Gateway.DataPlane.Model;

/// <summary>How a service is spoken to.</summary>
internal enum UpstreamProtocol
{
    Http,
    Https,
    Grpc,
    Grpcs,
}
