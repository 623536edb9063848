namespace Gateway.DataPlane.Tests.Routing;

internal sealed record ReferenceRequest(
    string Method, string Host, int Port, string Path, bool IsTls, string? Sni, IReadOnlyList<KeyValuePair<string, string>> Headers);
