using System.Text.Json.Nodes;
using Gateway.ControlPlane.Admin.Collections;
using Gateway.ControlPlane.Admin.Http;
using Gateway.ControlPlane.Store.Reading;
using Gateway.ControlPlane.Store.Writing;
using Gateway.Model;
using Gateway.Model.Configuration;
using Gateway.Model.Declarative;
using Gateway.Model.Errors;
using Gateway.Model.Schemas;

namespace Gateway.ControlPlane.Admin.Declarative;

/// <summary><c>/config</c>: the whole configuration at once, as one revision.</summary>
internal sealed class DeclarativeRoutes(RevisionWriter writer, ConfigurationReader reader, EntityPresenter presenter, ControlPlaneOptions options, TimeProvider time)
{
    public void AddTo(AdminRoutes routes) => routes.Get("/config", DumpAsync).Post("/config", LoadAsync);

    /// <summary>Everything, flat, in the declarative format; secrets are masked, so a dump that has any is refused when it is loaded as it is.</summary>
    private async Task<AdminResponse> DumpAsync(AdminRequest request)
    {
        var dump = new JsonObject { ["_format_version"] = "3.0", ["_transform"] = true };
        foreach (var kind in (await reader.AllAsync(request.Cancellation)).GroupBy(entity => entity.Key.Kind, StringComparer.Ordinal))
        {
            dump[kind.Key] = new JsonArray([.. kind.OrderBy(entity => entity.Key.Id).Select(entity => WithPlainReferences(kind.Key, presenter.Show(kind.Key, entity.Value)))]);
        }

        return AdminResponse.Ok(dump);
    }

    /// <summary>Makes the configuration what the file says. What is unchanged is left alone; where nothing changes, there is no revision.</summary>
    private async Task<AdminResponse> LoadAsync(AdminRequest request)
    {
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

        var outcome = await writer.WriteAsync<bool>(
            request.Origin("declarative"),
            alone: true,
            async (session, token) =>
            {
                // Copies: the transaction may run again, and the store completes what it is given.
                var wanted = loaded.Entities.Select(entity =>
                    KeyValuePair.Create(new EntityKey(entity.Kind, Guid.Parse((string)entity.Entity["id"]!)), (JsonObject)entity.Entity.DeepClone())).ToList();
                return await ConfigurationReplacement.ReplaceAllAsync(session, wanted, time.GetUtcNow().ToUnixTimeSeconds(), token) is { } error
                    ? new ConfigurationError(ErrorCode.DeclarativeConfig, $"declarative config is invalid: {error.Message}", error.Fields)
                    : true;
            },
            request.Cancellation);
        if (!outcome.Succeeded(out var committed, out var error))
        {
            return AdminResponse.Of(error);
        }

        if (committed.Changes == 0 && request.Query["check_hash"].ToString() is "1" or "true")
        {
            return new AdminResponse(StatusCodes.Status304NotModified);
        }

        var counts = new JsonObject();
        foreach (var kind in loaded.Entities.GroupBy(entity => entity.Kind, StringComparer.Ordinal))
        {
            counts[kind.Key] = kind.Count();
        }

        return AdminResponse.Created(
            new JsonObject { ["revision"] = committed.Revision, ["changes"] = committed.Changes, ["entities"] = counts }, committed.Revision);
    }

    private static ConfigurationError Invalid(IReadOnlyList<ModelError> errors) =>
        new(ErrorCode.DeclarativeConfig, $"declarative config is invalid: {string.Join("; ", errors)}", KongError.Fields(errors));

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
