using System.Text.Json.Nodes;
using Gateway.ControlPlane.Admin.Http;
using Gateway.ControlPlane.Store.Reading;
using Gateway.ControlPlane.Store.Writing;
using Gateway.Model.Configuration;
using Gateway.Model.Entities;

namespace Gateway.ControlPlane.Admin.Collections;

/// <summary>GET on collections and entities.</summary>
internal sealed class EntityReads(ConfigurationReader reader, EntityPresenter presenter, EntityVersions versions, CertificateNames names)
{
    public async Task<AdminResponse> ListAsync(AdminRequest request, EntityCollection collection, Parent? parent)
    {
        if (!ListQuery.Read(request.Query).Succeeded(out var query, out var error))
        {
            return AdminResponse.Of(error);
        }

        query = query with { Within = request.Limits };
        if (parent is not null)
        {
            if (await FindParentAsync(request, parent) is not { } id)
            {
                return AdminResponse.NotFound();
            }

            query = query with { References = new Dictionary<string, Guid>(StringComparer.Ordinal) { [parent.Foreign.Field] = id } };
        }
        else if (collection.Kind == EntityKinds.Consumers && request.Query.TryGetValue("custom_id", out var customId))
        {
            var found = await reader.FindByAsync(collection.Kind, "custom_id", customId.ToString(), request.Cancellation);
            var isShown = found is not null && await CheckLimitsAsync(request, collection.Kind, found) is null;
            return await PageAsync(request, collection, new EntityPage(isShown ? [found!] : [], Next: null));
        }

        return await PageAsync(request, collection, await reader.ListAsync(collection.Kind, query, request.Cancellation));
    }

    public async Task<AdminResponse> GetAsync(AdminRequest request, EntityCollection collection, Parent? parent)
    {
        Guid? parentId = null;
        if (parent is not null)
        {
            parentId = await FindParentAsync(request, parent);
            if (parentId is null)
            {
                return AdminResponse.NotFound();
            }
        }

        var entity = await reader.FindAsync(collection, request.Segment("key"), parentId, request.Cancellation);
        return entity is null || !IsBelow(entity, parent, parentId) ? AdminResponse.NotFound() : await ShowAsync(request, collection.Kind, entity);
    }

    /// <summary>The entity that another one refers to: <c>/routes/NAME/service</c>.</summary>
    public async Task<AdminResponse> GetReferencedAsync(AdminRequest request, EntityCollection collection, Parent target)
    {
        var entity = await reader.FindAsync(collection, request.Segment("key"), parent: null, request.Cancellation);
        if (entity?[target.Foreign.Field] is not JsonObject reference)
        {
            return AdminResponse.NotFound();
        }

        var referenced = await reader.FindAsync(target.Collection.Kind, Guid.Parse((string)reference["id"]!), request.Cancellation);
        return referenced is null ? AdminResponse.NotFound() : await ShowAsync(request, target.Collection.Kind, referenced);
    }

    private async Task<AdminResponse> ShowAsync(AdminRequest request, string kind, JsonObject entity)
    {
        if (await CheckLimitsAsync(request, kind, entity) is { } outside)
        {
            return AdminResponse.Of(outside);
        }

        await names.AddToAsync(kind, [entity], request.Cancellation);
        var version = versions.Of(entity);
        return EntityVersions.IsKnown(request.Context.Request, version)
            ? new AdminResponse(StatusCodes.Status304NotModified) { ETag = version }
            : AdminResponse.Ok(presenter.Show(kind, entity)) with { ETag = version };
    }

    /// <returns>Null where the caller may see it.</returns>
    private async Task<ConfigurationError?> CheckLimitsAsync(AdminRequest request, string kind, JsonObject entity) =>
        request.Limits is not { } tags || await reader.IsWithinAsync(kind, entity, tags, request.Cancellation)
            ? null
            : ConstraintErrors.OutsideTags(new EntityKey(kind, Guid.Parse((string)entity["id"]!)), tags);

    internal static bool IsBelow(JsonObject entity, Parent? parent, Guid? parentId) =>
        parent is null || (entity[parent.Foreign.Field] is JsonObject reference && Guid.Parse((string)reference["id"]!) == parentId);

    private async Task<Guid?> FindParentAsync(AdminRequest request, Parent parent) =>
        await reader.FindAsync(parent.Collection, request.Segment(Parent.SegmentName), parent: null, request.Cancellation) is { } entity
            ? Guid.Parse((string)entity["id"]!)
            : null;

    private async Task<AdminResponse> PageAsync(AdminRequest request, EntityCollection collection, EntityPage page)
    {
        await names.AddToAsync(collection.Kind, page.Entities, request.Cancellation);
        var body = new JsonObject { ["data"] = new JsonArray([.. page.Entities.Select(entity => presenter.Show(collection.Kind, entity))]) };
        ListQuery.AddNext(body, request.Context.Request, page.Next is { } next ? ListQuery.WriteOffset(next) : null);
        return AdminResponse.Ok(body);
    }
}
