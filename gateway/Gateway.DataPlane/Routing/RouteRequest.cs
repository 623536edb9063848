using Microsoft.AspNetCore.Http;

namespace Gateway.DataPlane.Routing;

/// <summary>What of a request decides its route.</summary>
internal readonly ref struct RouteRequest
{
    public required string Method { get; init; }

    /// <summary>The host name without its port, in any letter case.</summary>
    public required ReadOnlySpan<char> Host { get; init; }

    /// <summary>The port that the client named in the host header, otherwise the scheme's default.</summary>
    public required int Port { get; init; }

    /// <summary>In normal form, see <see cref="RequestPath"/>.</summary>
    public required ReadOnlyMemory<char> Path { get; init; }
    public required bool IsTls { get; init; }
    public string? Sni { get; init; }
    public IHeaderDictionary? Headers { get; init; }
}
