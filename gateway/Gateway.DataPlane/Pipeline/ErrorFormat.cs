namespace Gateway.DataPlane.Pipeline;

/// <summary>In which form an error is said.</summary>
internal enum ErrorFormat
{
    Json,
    Html,
    Text,
    Xml,
    Grpc,
}
