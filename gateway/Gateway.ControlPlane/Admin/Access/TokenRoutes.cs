using System.Text.Json.Nodes;
using Gateway.ControlPlane.Access;
using Gateway.ControlPlane.Access.Tokens;
using Gateway.ControlPlane.Admin.Http;

namespace Gateway.ControlPlane.Admin.Access;

/// <summary><c>/tokens</c>: personal tokens; <c>/whoami</c>: what one's own is worth. docs/access.md says what each endpoint does.</summary>
internal sealed class TokenRoutes(AccessTokens tokens)
{
    public void AddTo(AdminRoutes routes) => routes
        .Get("/whoami", request => Task.FromResult(WhoAmI(request)), RouteAccess.Anyone)
        .Get("/tokens", ListAsync, RouteAccess.Administer)
        .Post("/tokens", CreateAsync, RouteAccess.Administer)
        .Get("/tokens/{id}", GetAsync, RouteAccess.Administer)
        .Delete("/tokens/{id}", RevokeAsync, RouteAccess.Administer);

    private static AdminResponse WhoAmI(AdminRequest request) => AdminResponse.Ok(new JsonObject
    {
        ["principal"] = request.Principal.Name,
        ["grants"] = new JsonArray([.. request.Principal.Grants.Select(Show)]),
        ["expires_at"] = request.Principal.ExpiresAt?.ToUnixTimeSeconds(),
    });

    private async Task<AdminResponse> ListAsync(AdminRequest request)
    {
        var found = await tokens.ListAsync(request.Cancellation);
        return AdminResponse.Ok(new JsonObject { ["data"] = new JsonArray([.. found.Select(Show)]), ["next"] = null });
    }

    private async Task<AdminResponse> GetAsync(AdminRequest request) =>
        Guid.TryParse(request.Segment("id"), out var id) && await tokens.FindAsync(id, request.Cancellation) is { } token
            ? AdminResponse.Ok(Show(token))
            : AdminResponse.NotFound();

    private async Task<AdminResponse> CreateAsync(AdminRequest request)
    {
        var body = await request.ReadBodyAsync();
        if (body.Refusal is not null)
        {
            return body.Refusal;
        }

        var input = TokenInput.Read(body.Value!);
        if (input.Errors.Count > 0)
        {
            return AdminResponse.Of(ConfigurationError.Violation(input.Errors));
        }

        var outcome = await tokens.CreateAsync(request.Principal.Name, input.Name, input.Grant, input.Lifetime, request.Cancellation);
        if (!outcome.Succeeded(out var made, out var error))
        {
            return AdminResponse.Of(error);
        }

        // Shown here and never again.
        var shown = Show(made.Record);
        shown["token"] = made.Secret;
        request.Context.Response.Headers.CacheControl = "no-store";
        return AdminResponse.Created(shown);
    }

    private async Task<AdminResponse> RevokeAsync(AdminRequest request)
    {
        if (Guid.TryParse(request.Segment("id"), out var id))
        {
            await tokens.RevokeAsync(request.Principal.Name, id, request.Cancellation);
        }

        return AdminResponse.NoContent();
    }

    private static JsonObject Show(Grant grant) => new() { ["role"] = RoleNames.Of(grant.Role), ["tags"] = Texts(grant.Tags) };

    private static JsonObject Show(TokenRecord token) => new()
    {
        ["id"] = token.Id.ToString("D"),
        ["name"] = token.Name,
        ["role"] = RoleNames.Of(token.Role),
        ["tags"] = Texts(token.Tags),
        ["prefix"] = token.Prefix,
        ["created_by"] = token.CreatedBy,
        ["created_at"] = token.CreatedAt,
        ["expires_at"] = token.ExpiresAt,
        ["last_used_at"] = token.LastUsedAt,
    };

    private static JsonArray Texts(IEnumerable<string> texts) => [.. texts.Select(text => JsonValue.Create(text))];
}
