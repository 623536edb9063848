using Gateway.ControlPlane.Access;
using Gateway.ControlPlane.Admin.Http;
using Gateway.ControlPlane.Store.Schema;
using Gateway.Model.Entities;

namespace Gateway.ControlPlane.Admin.Collections;

/// <summary>The paths of all collections, at the root and below what they refer to.</summary>
internal sealed class EntityRoutes(EntityReads reads, EntityWrites writes)
{
    public void AddTo(AdminRoutes routes)
    {
        foreach (var collection in EntityCollection.All)
        {
            AddCollection(routes, $"/{collection.Segment}", collection, parent: null);
            foreach (var field in collection.Parents)
            {
                var foreign = EntityTables.Of(collection.Kind).Foreigns.First(foreign => foreign.Field == field);
                var parent = new Parent(EntityCollection.Of(foreign.TargetKind), foreign);
                var path = $"/{parent.Collection.Segment}/{{{Parent.SegmentName}}}/{collection.NestedSegment}";
                AddCollection(routes, path, collection, parent);
                if (collection.Kind == EntityKinds.Targets)
                {
                    // Kong's list of targets whatever their weight, which here is every list.
                    routes.Get($"{path}/all", request => reads.ListAsync(request, collection, parent), RouteAccess.ReadWithinTags);
                }

                routes.Get($"/{collection.Segment}/{{key}}/{field}", request => reads.GetReferencedAsync(request, collection, parent), RouteAccess.ReadWithinTags);
            }
        }
    }

    private void AddCollection(AdminRoutes routes, string path, EntityCollection collection, Parent? parent) => routes
        .Get(path, request => reads.ListAsync(request, collection, parent), RouteAccess.ReadWithinTags)
        .Post(path, request => writes.CreateAsync(request, collection, parent), RouteAccess.ConfigureWithinTags)
        .Get($"{path}/{{key}}", request => reads.GetAsync(request, collection, parent), RouteAccess.ReadWithinTags)
        .Patch($"{path}/{{key}}", request => writes.PatchAsync(request, collection, parent), RouteAccess.ConfigureWithinTags)
        .Put($"{path}/{{key}}", request => writes.UpsertAsync(request, collection, parent), RouteAccess.ConfigureWithinTags)
        .Delete($"{path}/{{key}}", request => writes.DeleteAsync(request, collection, parent), RouteAccess.ConfigureWithinTags);
}
