using System.Collections.Immutable;

namespace Gateway.ControlPlane.Access;

/// <summary>Who calls the Admin API.</summary>
/// <param name="Name">As revisions and the audit log record it: <c>token:NAME</c>, <c>oidc:NAME</c>, <c>admin-token</c>, or <c>anonymous</c> where nobody has to say who they are.</param>
/// <param name="Grants">Any one that allows something is enough.</param>
/// <param name="ExpiresAt">When the credential ends; null where it does not.</param>
public sealed record Principal(string Name, ImmutableArray<Grant> Grants, DateTimeOffset? ExpiresAt = null)
{
    public const string AnonymousName = "anonymous";
    public const string AdminTokenName = "admin-token";

    /// <summary>Whoever reaches an Admin API that is bound to loopback.</summary>
    public static Principal Anonymous { get; } = new(AnonymousName, [new Grant(Role.Admin)]);

    /// <param name="limits">The tags that the operation is limited to; null where it isn't.</param>
    internal bool May(RouteAccess access, out IReadOnlyList<string>? limits)
    {
        limits = null;
        var roles = access.Roles;
        var enough = Grants.Where(grant => roles.Contains(grant.Role)).ToList();
        if (enough.Exists(grant => !grant.IsLimited))
        {
            return true;
        }

        if (enough.Count is 0 || !access.WithinTags)
        {
            return false;
        }

        limits = [.. enough.SelectMany(grant => grant.Tags).Distinct(StringComparer.Ordinal)];
        return true;
    }
}
