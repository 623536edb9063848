namespace Gateway.ControlPlane.Admin.Http;

/// <summary>A path of the Admin API and what each method does there.</summary>
internal sealed record AdminRoute(string Pattern, IReadOnlyDictionary<string, AdminOperation> Methods);
