namespace Gateway.Model.Plugins.Acl;

/// <summary>Kong's <c>acl</c>: lets consumers pass by the groups that they are in. Either <see cref="Allow"/> or <see cref="Deny"/> is set.</summary>
public sealed record AclConfig
{
    /// <summary>Who is in none of these groups is refused.</summary>
    public IReadOnlyList<string>? Allow { get; init; }

    /// <summary>Who is in one of these groups is refused.</summary>
    public IReadOnlyList<string>? Deny { get; init; }

    /// <summary>Whether upstreams are not told the groups.</summary>
    public bool HideGroupsHeader { get; init; }

    /// <summary>Whether groups that the authentication vouches for count in place of a known consumer's own; otherwise only where there is none, or an anonymous one.</summary>
    public bool AlwaysUseAuthenticatedGroups { get; init; }

    /// <summary>Whether the names of the consumer groups that a consumer is in count as well.</summary>
    public bool IncludeConsumerGroups { get; init; }
}
