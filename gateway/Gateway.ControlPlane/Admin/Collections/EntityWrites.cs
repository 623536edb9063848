using System.Text.Json.Nodes;
using Gateway.ControlPlane.Admin.Http;
using Gateway.ControlPlane.Store.Reading;
using Gateway.ControlPlane.Store.Writing;

namespace Gateway.ControlPlane.Admin.Collections;

/// <summary>POST, PATCH, PUT and DELETE: each one transaction.</summary>
internal sealed class EntityWrites(RevisionWriter writer, ConfigurationReader reader, EntityRules rules, EntityPresenter presenter, EntityVersions versions, CertificateNames names)
{
    public Task<AdminResponse> CreateAsync(AdminRequest request, EntityCollection collection, Parent? parent) =>
        WriteAsync(request, collection, parent, StatusCodes.Status201Created, async (session, written) =>
        {
            var input = written.Fields;
            if (!rules.Create(collection.Kind, input).Succeeded(out var entity, out var error))
            {
                return error;
            }

            if (input.Fields.ContainsKey("id") && await session.FindAsync(collection.Kind, Id(entity), request.Cancellation) is not null)
            {
                return new ConfigurationError(
                    ErrorCode.PrimaryKeyViolation, $"primary key violation on key '{{id=\"{Id(entity):D}\"}}'", new JsonObject { ["id"] = Id(entity).ToString("D") });
            }

            return await PutAsync(session, collection, entity, written.ServerNames, request.Cancellation);
        });

    public Task<AdminResponse> PatchAsync(AdminRequest request, EntityCollection collection, Parent? parent) =>
        WriteAsync(request, collection, parent, StatusCodes.Status200OK, async (session, written) =>
        {
            var (input, parentId) = (written.Fields, written.Parent);
            var current = await session.FindAsync(collection, request.Segment("key"), parentId, request.Cancellation);
            if (current is null || !EntityReads.IsBelow(current, parent, parentId))
            {
                return ConfigurationError.NotFound();
            }

            if (await CheckAsync(session, request, collection, current) is { } refused)
            {
                return refused;
            }

            return rules.Patch(collection.Kind, current, input).Succeeded(out var entity, out var error)
                ? await PutAsync(session, collection, entity, written.ServerNames, request.Cancellation)
                : error;
        });

    /// <summary>Replaces the entity, or creates it under the id or name that the path says.</summary>
    public Task<AdminResponse> UpsertAsync(AdminRequest request, EntityCollection collection, Parent? parent) =>
        WriteAsync(request, collection, parent, StatusCodes.Status200OK, async (session, written) =>
        {
            var (input, parentId) = (written.Fields, written.Parent);
            var key = request.Segment("key");
            var current = await session.FindAsync(collection, key, parentId, request.Cancellation);
            if (current is not null && !EntityReads.IsBelow(current, parent, parentId))
            {
                return ConfigurationError.NotFound();
            }

            if (await CheckAsync(session, request, collection, current) is { } refused)
            {
                return refused;
            }

            if (Guid.TryParseExact(key, "D", out var id))
            {
                input.Fields["id"] = id.ToString("D");
            }
            else if (collection.KeyField is { } field)
            {
                input.Fields[field] = key;
            }

            var outcome = current is null ? rules.Create(collection.Kind, input) : rules.Replace(collection.Kind, current, input);
            var serverNames = CertificateNames.WithKey(collection.Kind, written.ServerNames, key);
            return outcome.Succeeded(out var entity, out var error) ? await PutAsync(session, collection, entity, serverNames, request.Cancellation) : error;
        });

    public async Task<AdminResponse> DeleteAsync(AdminRequest request, EntityCollection collection, Parent? parent)
    {
        var outcome = await writer.WriteAsync<bool>(
            request.Origin(),
            alone: false,
            async (session, token) =>
            {
                if (!(await FindParentAsync(session, request, parent)).Succeeded(out var parentId, out var missing))
                {
                    return missing;
                }

                var entity = await session.FindAsync(collection, request.Segment("key"), parentId, token);
                var isThere = entity is not null && EntityReads.IsBelow(entity, parent, parentId);
                if (await CheckAsync(session, request, collection, isThere ? entity : null) is { } refused)
                {
                    return refused;
                }

                if (isThere && await session.DeleteAsync(collection.Kind, Id(entity!), token) is { } error)
                {
                    return error;
                }

                // As in Kong, what is not there is deleted already.
                return true;
            },
            request.Cancellation);
        return outcome.Succeeded(out var committed, out var error)
            ? AdminResponse.NoContent(committed.Changes > 0 ? committed.Revision : null)
            : AdminResponse.Of(error);
    }

    /// <summary>Whether the caller may touch what is there, and whether it is what the caller thinks it is.</summary>
    private async Task<ConfigurationError?> CheckAsync(WriteSession session, AdminRequest request, EntityCollection collection, JsonObject? current)
    {
        if (current is null)
        {
            return versions.Check(request.Context.Request, current: null);
        }

        return await session.CheckWithinAsync(collection.Kind, current, request.Limits, request.Cancellation) is { } outside
            ? outside
            : versions.Check(request.Context.Request, await CertificateNames.WithNamesAsync(session, collection.Kind, current, request.Cancellation));
    }

    private async Task<Result<JsonObject>> PutAsync(
        WriteSession session, EntityCollection collection, JsonObject entity, IReadOnlyList<string>? serverNames, CancellationToken cancellationToken)
    {
        var error = await session.PutAsync(collection.Kind, entity, cancellationToken);
        if (error is null && serverNames is not null)
        {
            error = await names.SetAsync(session, Id(entity), serverNames, cancellationToken);
        }

        return error is null ? entity : error;
    }

    private async Task<AdminResponse> WriteAsync(
        AdminRequest request, EntityCollection collection, Parent? parent, int status, Func<WriteSession, WriteInput, Task<Result<JsonObject>>> work)
    {
        var body = await request.ReadBodyAsync();
        if (body.Refusal is not null)
        {
            return body.Refusal;
        }

        var written = body.Value!;
        if (EntityPresenter.FindMask(written) is { } masked)
        {
            return AdminResponse.Of(MaskWritten(masked));
        }

        var outcome = await writer.WriteAsync<JsonObject>(
            request.Origin(),
            alone: false,
            async (session, token) =>
            {
                // A copy: the transaction may run again.
                var input = new EntityInput((JsonObject)written.DeepClone(), body.IsForm);
                if (!(await FindParentAsync(session, request, parent)).Succeeded(out var parentId, out var missing))
                {
                    return missing;
                }

                if (parentId is { } id)
                {
                    input.Fields[parent!.Foreign.Field] = new JsonObject { ["id"] = id.ToString("D") };
                }

                if (await NamedReferences.ResolveAsync(session, collection.Kind, input.Fields, token) is { } unresolved)
                {
                    return unresolved;
                }

                return CertificateNames.Take(collection.Kind, input).Succeeded(out var serverNames, out var invalid)
                    ? await work(session, new WriteInput(input, parentId, serverNames))
                    : invalid;
            },
            request.Cancellation);
        if (!outcome.Succeeded(out var committed, out var error))
        {
            return AdminResponse.Of(error);
        }

        var wroteKey = status == StatusCodes.Status201Created || EntityPresenter.HoldsKey(collection.Kind, written) || HttpMethods.IsPut(request.Method);
        await CertificateNames.AddToAsync(reader, collection.Kind, [committed.Value], request.Cancellation);
        return new AdminResponse(status, presenter.Show(collection.Kind, committed.Value, wroteKey), committed.Revision) { ETag = versions.Of(committed.Value) };
    }

    private static async Task<Result<Guid?>> FindParentAsync(WriteSession session, AdminRequest request, Parent? parent)
    {
        if (parent is null)
        {
            return default(Result<Guid?>);
        }

        var entity = await session.FindAsync(parent.Collection, request.Segment(Parent.SegmentName), parent: null, request.Cancellation);
        return entity is null ? ConfigurationError.NotFound() : (Guid?)Id(entity);
    }

    /// <summary>What a write is refused with that would store the mask in place of a secret.</summary>
    internal static ConfigurationError MaskWritten(string path) => new(
        ErrorCode.SchemaViolation,
        $"schema violation ({path}: this is the mask shown in place of a secret)",
        new JsonObject { [path] = "this is the mask shown in place of a secret; allowed: the secret itself, or leave the field out to keep it" });

    private static Guid Id(JsonObject entity) => Guid.Parse((string)entity["id"]!);
}
