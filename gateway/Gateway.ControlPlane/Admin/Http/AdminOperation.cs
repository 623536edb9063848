using Gateway.ControlPlane.Access;

namespace Gateway.ControlPlane.Admin.Http;

/// <summary>What a method does, and who may run it.</summary>
internal sealed record AdminOperation(AdminHandler Handler, RouteAccess Access);
