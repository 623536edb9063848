namespace Gateway.Model.Plugins.IpRestriction;

/// <summary>Kong's <c>ip-restriction</c>: which addresses may call. <see cref="Deny"/> is asked first; with <see cref="Allow"/>, who is not in it is refused as well.</summary>
public sealed record IpRestrictionConfig
{
    /// <summary>IPv4 and IPv6 addresses and CIDR blocks.</summary>
    public IReadOnlyList<string>? Allow { get; init; }

    /// <inheritdoc cref="Allow"/>
    public IReadOnlyList<string>? Deny { get; init; }

    /// <summary>Of a refusal, 100 to 599; null for 403.</summary>
    public int? Status { get; init; }

    /// <summary>Of a refusal; null for Kong's own words.</summary>
    public string? Message { get; init; }
}
