using System.Text.Json.Nodes;
using Gateway.ControlPlane.Access;
using Gateway.ControlPlane.Admin.Collections;
using Gateway.ControlPlane.Admin.Http;
using Gateway.ControlPlane.Store.Reading;
using Gateway.Model.Entities;
using Gateway.Model.Plugins;
using Gateway.Model.Schemas;

namespace Gateway.ControlPlane.Admin.Information;

/// <summary><c>/schemas</c>: what entities and plugins may hold, in Kong's shape; and validation without writing.</summary>
internal sealed class SchemaRoutes(EntityRules rules, ConfigurationReader reader)
{
    public void AddTo(AdminRoutes routes) => routes
        .Get("/schemas/{entity}", request => Task.FromResult(Entity(request)), RouteAccess.Anyone)
        .Post("/schemas/{entity}/validate", request => ValidateAsync(request, request.Segment("entity")), RouteAccess.Anyone)
        // A path of its own: the next one would take it for a plugin's name.
        .Post("/schemas/plugins/validate", request => ValidateAsync(request, EntityKinds.Plugins), RouteAccess.Anyone)
        .Get("/schemas/plugins/{name}", request => Task.FromResult(Plugin(request)), RouteAccess.Anyone);

    private static AdminResponse Entity(AdminRequest request)
    {
        var kind = request.Segment("entity");
        return EntitySchemas.Find(kind) is { } schema
            ? AdminResponse.Ok(new JsonObject { ["fields"] = SchemaShape.Fields(schema.Fields) })
            : AdminResponse.Message(StatusCodes.Status404NotFound, $"No entity named '{kind}'");
    }

    private static AdminResponse Plugin(AdminRequest request)
    {
        var name = request.Segment("name");
        if (PluginCatalogue.Find(name) is not { } plugin)
        {
            return AdminResponse.Message(StatusCodes.Status404NotFound, $"No plugin named '{name}'");
        }

        var shape = SchemaShape.Fields([new FieldSchema("config", FieldType.Record) { Required = true, Fields = plugin.Fields }]);
        return AdminResponse.Ok(new JsonObject { ["name"] = plugin.Name, ["version"] = plugin.Version, ["priority"] = plugin.Priority, ["fields"] = shape });
    }

    private async Task<AdminResponse> ValidateAsync(AdminRequest request, string kind)
    {
        if (EntitySchemas.Find(kind) is null)
        {
            return AdminResponse.Message(StatusCodes.Status404NotFound, $"No entity named '{kind}'");
        }

        var body = await request.ReadBodyAsync();
        if (body.Refusal is not null)
        {
            return body.Refusal;
        }

        if (EntityPresenter.FindMask(body.Value) is { } masked)
        {
            return AdminResponse.Of(EntityWrites.MaskWritten(masked));
        }

        // What a write would take is valid, and a write takes references by name.
        if (await NamedReferences.ResolveAsync(reader, kind, body.Value!, request.Cancellation) is { } unresolved)
        {
            return AdminResponse.Of(unresolved);
        }

        return rules.Create(kind, new EntityInput(body.Value!, body.IsForm)).Succeeded(out _, out var error)
            ? AdminResponse.Message(StatusCodes.Status200OK, "schema validation successful")
            : AdminResponse.Of(error);
    }
}
