using System.Text.Json.Nodes;
using Gateway.ControlPlane.Access;
using Gateway.ControlPlane.Admin.Http;

namespace Gateway.ControlPlane.Admin.OpenApi;

/// <summary><c>/openapi.json</c>.</summary>
internal sealed class OpenApiRoutes(ControlPlaneOptions options)
{
    public void AddTo(AdminRoutes routes)
    {
        // When it is first asked for: then every route is there.
        var document = new Lazy<JsonObject>(() => AdminApiDocument.Write(routes, options.Version));
        routes.Get("/openapi.json", _ => Task.FromResult(AdminResponse.Ok(document.Value)), RouteAccess.Anyone);
    }
}
