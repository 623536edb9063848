using System.Collections.Immutable;

namespace Gateway.ControlPlane.Access.Tokens;

/// <summary>A personal token, without its secret. Times are Unix times in whole seconds.</summary>
/// <param name="Prefix">The beginning of the token.</param>
/// <param name="LastUsedAt">To the minute; null while it was not used.</param>
internal sealed record TokenRecord(
    Guid Id, string Name, Role Role, ImmutableArray<string> Tags, string Prefix, string CreatedBy, long CreatedAt, long ExpiresAt, long? LastUsedAt)
{
    public Principal ToPrincipal() => new($"token:{Name}", [new Grant(Role, Tags)], DateTimeOffset.FromUnixTimeSeconds(ExpiresAt));
}
