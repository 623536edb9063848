namespace Gateway.ControlPlane.Access;

/// <summary>Roles as they are written.</summary>
public static class RoleNames
{
    public const string Allowed = "viewer, portal-editor, editor, admin";

    public static string Of(Role role) => role switch
    {
        Role.Viewer => "viewer",
        Role.PortalEditor => "portal-editor",
        Role.Editor => "editor",
        Role.Admin => "admin",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, message: null),
    };

    /// <summary>Null where there is no such role.</summary>
    public static Role? TryParse(string? name) => name switch
    {
        "viewer" => Role.Viewer,
        "portal-editor" => Role.PortalEditor,
        "editor" => Role.Editor,
        "admin" => Role.Admin,
        _ => null,
    };
}
