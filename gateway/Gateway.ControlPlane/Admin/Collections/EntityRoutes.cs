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
                    routes.Get($"{path}/all", request => reads.ListAsync(request, collection, parent));
                }

                routes.Get($"/{collection.Segment}/{{key}}/{field}", request => reads.GetReferencedAsync(request, collection, parent));
            }
        }
    }

    private void AddCollection(AdminRoutes routes, string path, EntityCollection collection, Parent? parent) => routes
        .Get(path, request => reads.ListAsync(request, collection, parent))
        .Post(path, request => writes.CreateAsync(request, collection, parent))
        .Get($"{path}/{{key}}", request => reads.GetAsync(request, collection, parent))
        .Patch($"{path}/{{key}}", request => writes.PatchAsync(request, collection, parent))
        .Put($"{path}/{{key}}", request => writes.UpsertAsync(request, collection, parent))
        .Delete($"{path}/{{key}}", request => writes.DeleteAsync(request, collection, parent));
}
