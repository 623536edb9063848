namespace Gateway.ControlPlane.Access;

/// <summary>Who may run an operation of the Admin API.</summary>
/// <param name="WithinTags">
/// Whether a role that is limited to tags is enough: the operation then reads by <see cref="Admin.Http.AdminRequest.Limits"/>. What is written is held to them by the store in any case.
/// </param>
internal readonly record struct RouteAccess(Permission Permission, bool WithinTags = false)
{
    public static RouteAccess Anyone { get; } = new(Permission.SignIn, WithinTags: true);

    public static RouteAccess Read { get; } = new(Permission.Read);

    public static RouteAccess ReadWithinTags { get; } = new(Permission.Read, WithinTags: true);

    public static RouteAccess EditPortal { get; } = new(Permission.EditPortal);

    public static RouteAccess Configure { get; } = new(Permission.Configure);

    public static RouteAccess ConfigureWithinTags { get; } = new(Permission.Configure, WithinTags: true);

    public static RouteAccess Administer { get; } = new(Permission.Administer);

    /// <summary>Where an operation says nothing of itself: reading is for everyone with a role for everything, writing for admins alone.</summary>
    public static RouteAccess DefaultOf(string method) => HttpMethods.IsGet(method) ? Read : Administer;

    /// <summary>The roles that are enough, the least one first.</summary>
    public IReadOnlyList<Role> Roles => Permission switch
    {
        Permission.SignIn or Permission.Read => [Role.Viewer, Role.PortalEditor, Role.Editor, Role.Admin],
        Permission.EditPortal => [Role.PortalEditor, Role.Editor, Role.Admin],
        Permission.Configure => [Role.Editor, Role.Admin],
        _ => [Role.Admin],
    };
}
