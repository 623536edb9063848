using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.ControlPlane.Access;
using Gateway.ControlPlane.Admin.Collections;
using Gateway.ControlPlane.Admin.Http;
using Gateway.Model.Declarative;

namespace Gateway.ControlPlane.Admin.Declarative;

/// <summary>
/// <c>/config/dump</c>: the configuration as a declarative file that loads back. GET masks secrets; POST with <c>{"with_secrets": true}</c> does not, which takes an
/// administrator and is recorded as a write is.
/// </summary>
internal sealed class DumpRoutes(ReadableConfiguration readable, EntityPresenter presenter)
{
    private const string WithSecrets = "with_secrets";

    public void AddTo(AdminRoutes routes) => routes
        .Get("/config/dump", request => DumpAsync(request, withSecrets: false), RouteAccess.ReadWithinTags)
        .Post("/config/dump", DumpAsync, RouteAccess.Administer);

    private async Task<AdminResponse> DumpAsync(AdminRequest request)
    {
        var body = await request.ReadBodyAsync();
        if (body.Refusal is not null)
        {
            return body.Refusal;
        }

        var errors = new JsonObject();
        var withSecrets = false;
        foreach (var (field, value) in body.Value!)
        {
            switch (value?.GetValueKind())
            {
                case JsonValueKind.True or JsonValueKind.False when field is WithSecrets:
                    withSecrets = value.GetValue<bool>();
                    break;
                case JsonValueKind.String when field is WithSecrets && body.IsForm && (string?)value is "true" or "false":
                    withSecrets = (string?)value is "true";
                    break;
                default:
                    errors[field] = field is WithSecrets ? "expected a boolean" : "unknown field";
                    break;
            }
        }

        return errors.Count > 0 ? AdminResponse.Of(ConfigurationError.Violation(errors)) : await DumpAsync(request, withSecrets);
    }

    private async Task<AdminResponse> DumpAsync(AdminRequest request, bool withSecrets)
    {
        if (!LoadOptions.Read(request.Query).Succeeded(out var options, out var error))
        {
            return AdminResponse.Of(error);
        }

        var entities = (await readable.AllAsync(request))
            .Where(entity => options.SelectTags.All(tag => entity.Value["tags"] is JsonArray tags && tags.Any(other => (string?)other == tag)))
            .Select(entity => (entity.Key.Kind, withSecrets ? EntityPresenter.ShowSecrets(entity.Key.Kind, entity.Value) : presenter.Show(entity.Key.Kind, entity.Value)));
        if (withSecrets)
        {
            request.Context.Response.Headers.CacheControl = "no-store";
        }

        return AdminResponse.Ok(DeclarativeWriter.Write(entities, options.SelectTags));
    }
}
