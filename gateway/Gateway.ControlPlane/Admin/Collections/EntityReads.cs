using System.Text.Json.Nodes;
using Gateway.ControlPlane.Admin.Http;
using Gateway.ControlPlane.Store;
using Gateway.ControlPlane.Store.Reading;
using Gateway.ControlPlane.Store.Writing;
using Gateway.Model.Configuration;
using Gateway.Model.Entities;

namespace Gateway.ControlPlane.Admin.Collections;

/// <summary>GET on collections and entities: from the database, and from memory while it is away.</summary>
internal sealed class EntityReads(ConfigurationReader reader, ConfigurationMemory memory, EntityPresenter presenter, EntityVersions versions)
{
    public Task<AdminResponse> ListAsync(AdminRequest request, EntityCollection collection, Parent? parent) =>
        ReadAsync(source => ListAsync(source, request, collection, parent));

    public Task<AdminResponse> GetAsync(AdminRequest request, EntityCollection collection, Parent? parent) =>
        ReadAsync(source => GetAsync(source, request, collection, parent));

    /// <summary>The entity that another one refers to: <c>/routes/NAME/service</c>.</summary>
    public Task<AdminResponse> GetReferencedAsync(AdminRequest request, EntityCollection collection, Parent target) =>
        ReadAsync(source => GetReferencedAsync(source, request, collection, target));

    internal static bool IsBelow(JsonObject entity, Parent? parent, Guid? parentId) =>
        parent is null || (entity[parent.Foreign.Field] is JsonObject reference && Guid.Parse((string)reference["id"]!) == parentId);

    private async Task<AdminResponse> ReadAsync(Func<IEntitySource, Task<AdminResponse>> read)
    {
        try
        {
            return await read(reader);
        }
        catch (StoreUnavailableException) when (memory.Current is { } remembered)
        {
            // Without a version: there is nothing to write by it, and secrets that are not published are missing from it.
            return await read(remembered) with { ETag = null, MemoryRevision = remembered.Set.Revision };
        }
    }

    private async Task<AdminResponse> ListAsync(IEntitySource source, AdminRequest request, EntityCollection collection, Parent? parent)
    {
        if (!ListQuery.Read(request.Query).Succeeded(out var query, out var error))
        {
            return AdminResponse.Of(error);
        }

        query = query with { Within = request.Limits };
        if (parent is not null)
        {
            if (await FindParentAsync(source, request, parent) is not { } id)
            {
                return AdminResponse.NotFound();
            }

            query = query with { References = new Dictionary<string, Guid>(StringComparer.Ordinal) { [parent.Foreign.Field] = id } };
        }
        else if (collection.Kind == EntityKinds.Consumers && request.Query.TryGetValue("custom_id", out var customId))
        {
            var found = await source.FindByAsync(collection.Kind, "custom_id", customId.ToString(), request.Cancellation);
            var isShown = found is not null && await CheckLimitsAsync(source, request, collection.Kind, found) is null;
            return await PageAsync(source, request, collection, new EntityPage(isShown ? [found!] : [], Next: null));
        }

        return await PageAsync(source, request, collection, await source.ListAsync(collection.Kind, query, request.Cancellation));
    }

    private async Task<AdminResponse> GetAsync(IEntitySource source, AdminRequest request, EntityCollection collection, Parent? parent)
    {
        Guid? parentId = null;
        if (parent is not null)
        {
            parentId = await FindParentAsync(source, request, parent);
            if (parentId is null)
            {
                return AdminResponse.NotFound();
            }
        }

        var entity = await source.FindAsync(collection, request.Segment("key"), parentId, request.Cancellation);
        return entity is null || !IsBelow(entity, parent, parentId) ? AdminResponse.NotFound() : await ShowAsync(source, request, collection.Kind, entity);
    }

    private async Task<AdminResponse> GetReferencedAsync(IEntitySource source, AdminRequest request, EntityCollection collection, Parent target)
    {
        var entity = await source.FindAsync(collection, request.Segment("key"), parent: null, request.Cancellation);
        if (entity?[target.Foreign.Field] is not JsonObject reference)
        {
            return AdminResponse.NotFound();
        }

        var referenced = await source.FindAsync(target.Collection.Kind, Guid.Parse((string)reference["id"]!), request.Cancellation);
        return referenced is null ? AdminResponse.NotFound() : await ShowAsync(source, request, target.Collection.Kind, referenced);
    }

    private async Task<AdminResponse> ShowAsync(IEntitySource source, AdminRequest request, string kind, JsonObject entity)
    {
        if (await CheckLimitsAsync(source, request, kind, entity) is { } outside)
        {
            return AdminResponse.Of(outside);
        }

        await CertificateNames.AddToAsync(source, kind, [entity], request.Cancellation);
        var version = versions.Of(entity);
        return EntityVersions.IsKnown(request.Context.Request, version)
            ? new AdminResponse(StatusCodes.Status304NotModified) { ETag = version }
            : AdminResponse.Ok(presenter.Show(kind, entity)) with { ETag = version };
    }

    /// <returns>Null where the caller may see it.</returns>
    private static async Task<ConfigurationError?> CheckLimitsAsync(IEntitySource source, AdminRequest request, string kind, JsonObject entity) =>
        request.Limits is not { } tags || await source.IsWithinAsync(kind, entity, tags, request.Cancellation)
            ? null
            : ConstraintErrors.OutsideTags(new EntityKey(kind, Guid.Parse((string)entity["id"]!)), tags);

    private static async Task<Guid?> FindParentAsync(IEntitySource source, AdminRequest request, Parent parent) =>
        await source.FindAsync(parent.Collection, request.Segment(Parent.SegmentName), parent: null, request.Cancellation) is { } entity
            ? Guid.Parse((string)entity["id"]!)
            : null;

    private async Task<AdminResponse> PageAsync(IEntitySource source, AdminRequest request, EntityCollection collection, EntityPage page)
    {
        await CertificateNames.AddToAsync(source, collection.Kind, page.Entities, request.Cancellation);
        var body = new JsonObject { ["data"] = new JsonArray([.. page.Entities.Select(entity => presenter.Show(collection.Kind, entity))]) };
        ListQuery.AddNext(body, request.Context.Request, page.Next is { } next ? ListQuery.WriteOffset(next) : null);
        return AdminResponse.Ok(body);
    }
}
