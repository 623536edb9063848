using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.ControlPlane.Access;
using Gateway.ControlPlane.Admin.Http;
using Gateway.ControlPlane.Store.Reading;
using Gateway.Model;
using Gateway.Model.Entities;
using Gateway.Model.Routing;

namespace Gateway.ControlPlane.Admin.Debugging;

/// <summary><c>/debug/routes/match</c>: which route would take a request, and why not the others. The data plane's own router answers, over the newest revision.</summary>
/// <param name="explainer">Null in a process without the data plane's code.</param>
internal sealed class RouteMatchRoutes(ConfigurationReader reader, IRouteExplainer? explainer = null)
{
    // Of one revision; compiled again when there is a newer one.
    private volatile CompiledRoutes? _compiled;

    public void AddTo(AdminRoutes routes) => routes
        .Get("/debug/routes/match", request => AnswerAsync(request, RouteMatchInput.Read(request.Query)), RouteAccess.Read)
        .Post("/debug/routes/match", AnswerAsync, RouteAccess.Read);

    private async Task<AdminResponse> AnswerAsync(AdminRequest request)
    {
        var body = await request.ReadBodyAsync();
        return body.Refusal ?? await AnswerAsync(request, RouteMatchInput.Read(body.Value!));
    }

    private async Task<AdminResponse> AnswerAsync(AdminRequest request, RouteMatchInput input)
    {
        if (explainer is null)
        {
            return AdminResponse.Of(new ConfigurationError(ErrorCode.OperationUnsupported, "this process has no router"));
        }

        if (input.Errors.Count > 0)
        {
            return AdminResponse.Of(ConfigurationError.Violation(input.Errors));
        }

        var compiled = await CompileAsync(explainer, request.Cancellation);
        return AdminResponse.Ok(Show(compiled.Revision, compiled.Table.Explain(input.Question, input.Size)));
    }

    private async Task<CompiledRoutes> CompileAsync(IRouteExplainer router, CancellationToken cancellationToken)
    {
        var head = (await reader.HeadAsync(cancellationToken)).Revision;
        if (_compiled is { } known && known.Revision == head)
        {
            return known;
        }

        var all = await reader.AllAsync(cancellationToken);
        var compiled = new CompiledRoutes(
            head,
            router.Compile(
                all.Where(entity => entity.Key.Kind == EntityKinds.Routes).Select(entity => entity.Value.Deserialize(ModelJson.Default.Route)!),
                all.Where(entity => entity.Key.Kind == EntityKinds.Services).Select(entity => entity.Value.Deserialize(ModelJson.Default.Service)!)));
        _compiled = compiled;
        return compiled;
    }

    private static JsonObject Show(long revision, RouteExplanation explanation) => new()
    {
        ["revision"] = revision,
        ["path"] = explanation.Path,
        ["match"] = explanation.Taken is not { } taken ? null : new JsonObject
        {
            ["route"] = new JsonObject { ["id"] = taken.Route.ToString("D"), ["name"] = explanation.Candidates[0].Name },
            ["service"] = taken.Service is { } service ? new JsonObject { ["id"] = service.ToString("D") } : null,
            ["matched_path"] = taken.MatchedPath,
            ["upstream"] = taken.Upstream,
            ["refusal"] = taken.Refusal,
        },
        ["candidates"] = new JsonArray([.. explanation.Candidates.Select(Show)]),
        ["more_candidates"] = explanation.Left,
        ["routes"] = explanation.Routes,
    };

    private static JsonObject Show(RouteCandidateReport candidate, int index) => new()
    {
        ["rank"] = candidate.Failed.Count == 0 ? index + 1 : null,
        ["route"] = new JsonObject { ["id"] = candidate.Id.ToString("D"), ["name"] = candidate.Name },
        ["matched"] = new JsonArray([.. candidate.Matched.Select(name => JsonValue.Create(name))]),
        ["failed"] = new JsonArray([.. candidate.Failed.Select(reason => JsonValue.Create(reason))]),
        ["behind"] = candidate.Behind,
    };

    private sealed record CompiledRoutes(long Revision, IRouteTable Table);
}
