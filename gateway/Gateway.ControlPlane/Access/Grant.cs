using System.Collections.Immutable;

namespace Gateway.ControlPlane.Access;

/// <summary>A role, for everything or for what has a tag.</summary>
/// <param name="Tags">Only entities that have one of these, and what is nested beneath them; empty for everything.</param>
public sealed record Grant(Role Role, ImmutableArray<string> Tags)
{
    public Grant(Role role)
        : this(role, [])
    {
    }

    public bool IsLimited => !Tags.IsDefaultOrEmpty;

    public override string ToString() => IsLimited ? $"{RoleNames.Of(Role)} of what has the tag {string.Join(" or ", Tags)}" : RoleNames.Of(Role);
}
