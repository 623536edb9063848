namespace Gateway.Model.Plugins.ProxyCache;

/// <summary>Kong's <c>proxy-cache</c>: keeps upstreams' responses, and answers with them.</summary>
public record ProxyCacheConfig
{
    /// <summary>Statuses that may be kept.</summary>
    public IReadOnlyList<int> ResponseCode { get; init; } = [200, 301, 404];

    /// <summary>Methods whose responses may be kept.</summary>
    public IReadOnlyList<string> RequestMethod { get; init; } = ["HEAD", "GET"];

    /// <summary>Media types that may be kept, with <c>*</c> for any type or subtype; parameters must be the same.</summary>
    public IReadOnlyList<string> ContentType { get; init; } = ["text/plain", "application/json"];

    /// <summary>Seconds for which a response is good, where <see cref="CacheControl"/> is false.</summary>
    public int CacheTtl { get; init; } = 300;

    /// <summary><c>memory</c>: in each process, bounded; <c>redis</c>, with <c>proxy-cache-advanced</c> alone.</summary>
    public string? Strategy { get; init; }

    /// <summary>Whether requests' and responses' <c>Cache-Control</c> decide (RFC 9111), rather than <see cref="CacheTtl"/>.</summary>
    public bool CacheControl { get; init; }

    /// <summary>Whether paths that differ in case alone are one.</summary>
    public bool IgnoreUriCase { get; init; }

    /// <summary>Seconds for which a response is kept, null for as long as it is good. Longer lets it be revalidated.</summary>
    public int? StorageTtl { get; init; }

    /// <summary>Query parameters that make a difference; null for all.</summary>
    public IReadOnlyList<string>? VaryQueryParams { get; init; }

    /// <summary>Request headers that make a difference, beside those that a response's <c>Vary</c> names.</summary>
    public IReadOnlyList<string>? VaryHeaders { get; init; }

    public ProxyCacheHeaders ResponseHeaders { get; init; } = new();

    /// <summary>Ours: another number leaves everything that was kept before behind, in every data plane that has applied it.</summary>
    public int Generation { get; init; }
}
