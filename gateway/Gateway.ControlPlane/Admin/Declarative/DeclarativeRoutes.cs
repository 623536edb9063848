using System.Text.Json.Nodes;
using Gateway.ControlPlane.Access;
using Gateway.ControlPlane.Admin.Collections;
using Gateway.ControlPlane.Admin.Http;
using Gateway.ControlPlane.Store.Writing;
using Gateway.Model;
using Gateway.Model.Configuration;
using Gateway.Model.Declarative;
using Gateway.Model.Errors;
using Gateway.Model.Schemas;

namespace Gateway.ControlPlane.Admin.Declarative;

/// <summary><c>/config</c>: the whole configuration at once, as one revision.</summary>
internal sealed class DeclarativeRoutes(RevisionWriter writer, ReadableConfiguration readable, EntityPresenter presenter, ControlPlaneOptions options, TimeProvider time)
{
    public void AddTo(AdminRoutes routes) => routes.Get("/config", DumpAsync, RouteAccess.ReadWithinTags).Post("/config", LoadAsync, RouteAccess.ConfigureWithinTags);

    /// <summary>Everything, flat, in the declarative format; secrets are masked, so a dump that has any is refused when it is loaded as it is.</summary>
    private async Task<AdminResponse> DumpAsync(AdminRequest request)
    {
        var dump = new JsonObject { ["_format_version"] = "3.0", ["_transform"] = true };
        foreach (var kind in (await readable.AllAsync(request)).GroupBy(entity => entity.Key.Kind, StringComparer.Ordinal))
        {
            dump[kind.Key] = new JsonArray([.. kind.OrderBy(entity => entity.Key.Id).Select(entity => WithPlainReferences(kind.Key, presenter.Show(kind.Key, entity.Value)))]);
        }

        return AdminResponse.Ok(dump);
    }

    /// <summary>Makes the configuration, or its part with certain tags, what the file says. What is unchanged is left alone; where nothing changes, there is no revision.</summary>
    private async Task<AdminResponse> LoadAsync(AdminRequest request)
    {
        if (!LoadOptions.Read(request.Query).Succeeded(out var load, out var fault))
        {
            return AdminResponse.Of(fault);
        }

        var file = await DeclarativeBody.ReadAsync(request.Context.Request, options.MaxBodySize, request.Cancellation);
        if (file.Refusal is not null)
        {
            return file.Refusal;
        }

        var loaded = DeclarativeLoader.Load(file.Text!, time);
        if (loaded.Errors.Count > 0)
        {
            return AdminResponse.Of(Invalid(loaded.Errors));
        }

        var masked = loaded.Entities.Select(entity => (entity.Path, Mask: EntityPresenter.FindMask(entity.Entity))).Where(entity => entity.Mask is not null).ToList();
        if (masked.Count > 0)
        {
            return AdminResponse.Of(Invalid([.. masked.Select(entity => new ModelError($"{entity.Path}.{entity.Mask}", "this is the mask shown in place of a secret", "the secret itself"))]));
        }

        foreach (var entity in loaded.Entities)
        {
            AddTags(entity.Entity, load.SelectTags);
        }

        return await WriteAsync(request, load, loaded.Entities);
    }

    private async Task<AdminResponse> WriteAsync(AdminRequest request, LoadOptions load, IReadOnlyList<DeclarativeEntity> entities)
    {
        var outcome = await writer.WriteAsync<JsonArray>(
            request.Origin("declarative"),
            alone: true,
            async (session, token) =>
            {
                // Copies: the transaction may run again, and the store completes what it is given.
                var wanted = entities.Select(entity => KeyValuePair.Create(KeyOf(entity), (JsonObject)entity.Entity.DeepClone())).ToList();
                return await new ConfigurationReplacement(session, load.SelectTags, time.GetUtcNow().ToUnixTimeSeconds()).RunAsync(wanted, token) is { } error
                    ? Located(error, entities)
                    : load.Diff || load.DryRun ? ChangeList.Of(session.Changes, load.Details ? presenter : null) : new JsonArray();
            },
            request.Cancellation,
            rehearse: load.DryRun);
        if (!outcome.Succeeded(out var committed, out var error))
        {
            return AdminResponse.Of(error);
        }

        if (committed.Changes == 0 && load.CheckHash)
        {
            return new AdminResponse(StatusCodes.Status304NotModified);
        }

        var counts = new JsonObject();
        foreach (var kind in entities.GroupBy(entity => entity.Kind, StringComparer.Ordinal))
        {
            counts[kind.Key] = kind.Count();
        }

        var body = new JsonObject { ["revision"] = committed.Revision, ["changes"] = committed.Changes, ["entities"] = counts };
        if (load.Diff || load.DryRun)
        {
            body["diff"] = committed.Value;
        }

        return load.DryRun ? AdminResponse.Ok(body) : AdminResponse.Created(body, committed.Revision);
    }

    private static EntityKey KeyOf(DeclarativeEntity entity) => new(entity.Kind, Guid.Parse((string)entity.Entity["id"]!));

    private static void AddTags(JsonObject entity, IEnumerable<string> tags)
    {
        var own = entity["tags"] as JsonArray;
        foreach (var tag in tags.Where(tag => own is null || !own.Any(other => (string?)other == tag)))
        {
            if (own is null)
            {
                entity["tags"] = own = [];
            }

            own.Add(tag);
        }
    }

    /// <summary>The store's error, with the place in the file of the entity that it is about.</summary>
    private static ConfigurationError Located(ConfigurationError error, IReadOnlyList<DeclarativeEntity> entities) => error.Code is ErrorCode.Forbidden ? error
        : error.Entity is { } key
        ? Invalid([new ModelError(entities.First(entity => KeyOf(entity) == key).Path, error.Message)])
        : new ConfigurationError(ErrorCode.DeclarativeConfig, $"declarative config is invalid: {error.Message}", error.Fields);

    private static ConfigurationError Invalid(IReadOnlyList<ModelError> errors) =>
        new(ErrorCode.DeclarativeConfig, $"declarative config is invalid: {string.Join("; ", errors)}", KongError.Fields(errors)) { Errors = errors };

    // The format refers by id or name alone.
    private static JsonObject WithPlainReferences(string kind, JsonObject entity)
    {
        foreach (var field in EntitySchemas.For(kind).Fields.Where(field => field.Type is FieldType.Foreign))
        {
            if (entity[field.Name] is JsonObject reference)
            {
                entity[field.Name] = (string)reference["id"]!;
            }
        }

        return entity;
    }
}
