using System.Text.Json.Nodes;
using Gateway.ControlPlane.Admin.Collections;
using Gateway.ControlPlane.Store.Schema;
using Gateway.Model.Entities;
using Gateway.Model.Schemas;

namespace Gateway.ControlPlane.Admin.OpenApi.Operations;

/// <summary>The operations of every kind of entity, at the root and below what it refers to: made from the collections, as their routes are.</summary>
internal static class EntityOperations
{
    private static readonly int[] ReadErrors = [StatusCodes.Status404NotFound];
    private static readonly int[] WriteErrors = [StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status409Conflict, StatusCodes.Status412PreconditionFailed, StatusCodes.Status415UnsupportedMediaType];

    public static IEnumerable<(string Method, string Pattern, OperationDescription Description)> All()
    {
        foreach (var collection in EntityCollection.All)
        {
            foreach (var operation in Collection($"/{collection.Segment}", collection, below: null).Concat(collection.Parents.SelectMany(field => Below(collection, field))))
            {
                yield return operation;
            }
        }

        foreach (var (own, other, field) in ((string, string, string)[])[(EntityKinds.ConsumerGroups, EntityKinds.Consumers, "consumer"), (EntityKinds.Consumers, EntityKinds.ConsumerGroups, "group")])
        {
            foreach (var operation in Memberships(EntityCollection.Of(own), EntityCollection.Of(other), field))
            {
                yield return operation;
            }
        }
    }

    private static IEnumerable<(string, string, OperationDescription)> Below(EntityCollection collection, string field)
    {
        var target = EntityCollection.Of(EntityTables.Of(collection.Kind).Foreigns.First(foreign => foreign.Field == field).TargetKind);
        var path = $"/{target.Segment}/{{{Parent.SegmentName}}}/{collection.NestedSegment}";
        foreach (var operation in Collection(path, collection, target))
        {
            yield return operation;
        }

        if (collection.Kind is EntityKinds.Targets)
        {
            yield return (HttpMethods.Get, $"{path}/all", List(collection, target) with { Summary = "List the upstream's targets, whatever their weight" });
        }

        yield return (HttpMethods.Get, $"/{collection.Segment}/{{key}}/{field}", new OperationDescription($"Show what the {One(collection)}'s {field} refers to")
        {
            Answer = Shape.Reference(EntityComponents.Name(target.Kind)),
            Errors = ReadErrors,
        });
    }

    private static IEnumerable<(string, string, OperationDescription)> Collection(string path, EntityCollection collection, EntityCollection? below)
    {
        var entity = Shape.Reference(EntityComponents.Name(collection.Kind));
        var input = Shape.Reference(EntityComponents.InputName(collection.Kind));
        if (below is not null)
        {
            // What it belongs to is in the path.
            input = Shape.Reference(EntityComponents.PatchName(collection.Kind));
        }

        var of = below is null ? "" : $" of the {One(below)}";
        var example = EntityExamples.Of(collection.Kind, below is not null);
        yield return (HttpMethods.Get, path, List(collection, below));
        yield return (HttpMethods.Post, path, new OperationDescription($"Create a {One(collection)}{of}")
        {
            Body = (JsonObject)input.DeepClone(),
            Example = example,
            Status = StatusCodes.Status201Created,
            Answer = entity,
            Errors = WriteErrors,
            HasVersions = true,
        });
        yield return (HttpMethods.Get, $"{path}/{{key}}", new OperationDescription($"Show a {One(collection)}{of}")
        {
            Answer = (JsonObject)entity.DeepClone(),
            Errors = ReadErrors,
            HasVersions = true,
            OtherStatuses = [StatusCodes.Status304NotModified],
        });
        yield return (HttpMethods.Patch, $"{path}/{{key}}", new OperationDescription($"Change fields of a {One(collection)}{of}")
        {
            Body = Shape.Reference(EntityComponents.PatchName(collection.Kind)),
            Example = EntityExamples.Patch,
            Answer = (JsonObject)entity.DeepClone(),
            Errors = WriteErrors,
            HasVersions = true,
        });
        yield return (HttpMethods.Put, $"{path}/{{key}}", new OperationDescription($"Create or replace a {One(collection)}{of}")
        {
            Body = Shape.Reference(EntityComponents.PatchName(collection.Kind)),
            Example = example?.DeepClone(),
            Answer = (JsonObject)entity.DeepClone(),
            Errors = WriteErrors,
            HasVersions = true,
        });
        yield return (HttpMethods.Delete, $"{path}/{{key}}", new OperationDescription($"Delete a {One(collection)}{of}, which may be gone already")
        {
            Status = StatusCodes.Status204NoContent,
            Errors = [StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status412PreconditionFailed],
            HasVersions = true,
        });
    }

    private static OperationDescription List(EntityCollection collection, EntityCollection? below)
    {
        List<FieldSchema> query = [.. Shape.Paging, new("tags", FieldType.String)];
        if (collection.Kind is EntityKinds.Consumers && below is null)
        {
            query.Add(new FieldSchema("custom_id", FieldType.String));
        }

        return new OperationDescription(below is null ? $"List all {Many(collection)}" : $"List the {Many(collection)} of the {One(below)}")
        {
            Query = query,
            Answer = Shape.Page(Shape.Reference(EntityComponents.Name(collection.Kind))),
            Errors = below is null ? [StatusCodes.Status400BadRequest] : [StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound],
        };
    }

    private static IEnumerable<(string, string, OperationDescription)> Memberships(EntityCollection own, EntityCollection other, string field)
    {
        var path = $"/{own.Segment}/{{{Parent.SegmentName}}}/{other.Segment}";
        var member = Shape.Reference(EntityComponents.Name(other.Kind));
        var joined = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject
            {
                [own.Kind is EntityKinds.ConsumerGroups ? "consumer_group" : "consumer"] = Shape.Reference(EntityComponents.Name(own.Kind)),
                [other.Kind] = new JsonObject { ["type"] = "array", ["items"] = member.DeepClone() },
            },
            ["additionalProperties"] = false,
        };
        var names = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject { [field] = new JsonObject { ["type"] = new JsonArray("string", "array"), ["items"] = new JsonObject { ["type"] = "string" } } },
            ["required"] = new JsonArray(field),
            ["additionalProperties"] = false,
        };
        yield return (HttpMethods.Get, path, new OperationDescription($"List the {Many(other)} of the {One(own)}")
        {
            Query = [.. Shape.Paging, new("tags", FieldType.String)],
            Answer = Shape.Page((JsonObject)member.DeepClone()),
            Errors = [StatusCodes.Status400BadRequest, .. ReadErrors],
        });
        yield return (HttpMethods.Post, path, new OperationDescription($"Join {Many(other)} to the {One(own)}: one by id or name, or several")
        {
            Body = names,
            Example = new JsonObject { [field] = field is "consumer" ? "alice" : "gold" },
            Status = StatusCodes.Status201Created,
            Answer = joined,
            Errors = [StatusCodes.Status400BadRequest, .. ReadErrors],
        });
        yield return (HttpMethods.Delete, path, new OperationDescription($"Part all {Many(other)} from the {One(own)}") { Status = StatusCodes.Status204NoContent, Errors = ReadErrors });
        yield return (HttpMethods.Get, $"{path}/{{key}}", new OperationDescription($"Show a {One(other)} of the {One(own)}") { Answer = (JsonObject)member.DeepClone(), Errors = ReadErrors });
        yield return (HttpMethods.Delete, $"{path}/{{key}}", new OperationDescription($"Part a {One(other)} from the {One(own)}") { Status = StatusCodes.Status204NoContent, Errors = ReadErrors });
    }

    private static string Many(EntityCollection collection) => collection.Kind.Replace('_', ' ');

    private static string One(EntityCollection collection) => Many(collection).TrimEnd('s');
}
