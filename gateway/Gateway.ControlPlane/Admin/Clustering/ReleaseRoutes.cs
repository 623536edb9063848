using Gateway.ControlPlane.Access;
using Gateway.ControlPlane.Admin.Http;
using Gateway.ControlPlane.Publication.Releases;

namespace Gateway.ControlPlane.Admin.Clustering;

/// <summary><c>/clustering/releases</c>: which revision who runs, and what waits. docs/publication.md says what each endpoint does.</summary>
internal sealed class ReleaseRoutes(ReleaseControl control, ReleaseReader reader)
{
    public void AddTo(AdminRoutes routes) => routes
        .Get("/clustering/releases", GetAsync)
        .Post("/clustering/releases/stage", StageAsync, RouteAccess.Configure)
        .Post("/clustering/releases/promote", PromoteAsync, RouteAccess.Configure)
        .Post("/clustering/releases/abort", AbortAsync, RouteAccess.Configure)
        .Post("/clustering/releases/rollback", RollbackAsync, RouteAccess.Configure);

    private async Task<AdminResponse> GetAsync(AdminRequest request) => AdminResponse.Ok(ReleaseView.Of(await reader.ReadAsync(request.Cancellation)));

    private Task<AdminResponse> StageAsync(AdminRequest request) => MoveAsync(
        request, ["sites", "revision", "max_error_rise", "min_requests"], input => control.StageAsync(request.Origin(), input.Sites, input.Revision, input.Terms, request.Cancellation));

    private Task<AdminResponse> PromoteAsync(AdminRequest request) =>
        MoveAsync(request, [], _ => control.PromoteAsync(request.Origin(), request.Cancellation));

    private Task<AdminResponse> AbortAsync(AdminRequest request) =>
        MoveAsync(request, ["reason"], input => control.AbortAsync(request.Origin(), input.Reason, request.Cancellation));

    private Task<AdminResponse> RollbackAsync(AdminRequest request) =>
        MoveAsync(request, ["to", "reason"], input => control.RollbackAsync(request.Origin(), input.To!.Value, input.Reason, request.Cancellation));

    private static async Task<AdminResponse> MoveAsync(AdminRequest request, string[] fields, Func<ReleaseInput, Task<Result<ReleaseStatus>>> move)
    {
        var body = await request.ReadBodyAsync();
        if (body.Refusal is not null)
        {
            return body.Refusal;
        }

        var input = ReleaseInput.Read(body, fields);
        if (input.Errors.Count > 0)
        {
            return AdminResponse.Of(ConfigurationError.Violation(input.Errors));
        }

        var outcome = await move(input);
        return outcome.Succeeded(out var status, out var error) ? AdminResponse.Ok(ReleaseView.Of(status)) : AdminResponse.Of(error);
    }
}
