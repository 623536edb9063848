using System.Globalization;
using System.Text.Json.Nodes;
using Gateway.ControlPlane.Access;
using Gateway.ControlPlane.Admin.Collections;
using Gateway.ControlPlane.Admin.Declarative;
using Gateway.ControlPlane.Admin.Http;
using Gateway.ControlPlane.Store.Reading;
using Gateway.ControlPlane.Store.Writing;
using Gateway.Model.Configuration;

namespace Gateway.ControlPlane.Admin.Information;

/// <summary><c>/revisions</c> (also as <c>/config/revisions</c>): who changed the configuration, when, from where and what; and back to one of them.</summary>
internal sealed class RevisionRoutes(ConfigurationReader reader, RevisionReader revisions, RevisionWriter writer, EntityPresenter presenter, TimeProvider time)
{
    private const string Segment = "revision";

    public void AddTo(AdminRoutes routes)
    {
        foreach (var root in (string[])["/revisions", "/config/revisions"])
        {
            routes.Get(root, ListAsync)
                .Get($"{root}/{{{Segment}}}", GetAsync)
                .Post($"{root}/{{{Segment}}}/rollback", RollbackAsync, RouteAccess.Configure);
        }
    }

    private async Task<AdminResponse> ListAsync(AdminRequest request)
    {
        if (!ListQuery.ReadSize(request.Query).Succeeded(out var size, out var error))
        {
            return AdminResponse.Of(error);
        }

        if (!TryReadOffset(request, "not a revision", out var before, out error))
        {
            return AdminResponse.Of(error!);
        }

        var found = await reader.RevisionsAsync(before, size + 1, request.Cancellation);
        var body = new JsonObject { ["data"] = new JsonArray([.. found.Take(size).Select(Show)]) };
        ListQuery.AddNext(body, request.Context.Request, found.Count > size ? $"{found[size - 1].Revision}" : null);
        return AdminResponse.Ok(body);
    }

    /// <summary>A revision with what it changed, a page of it: secrets masked.</summary>
    private async Task<AdminResponse> GetAsync(AdminRequest request)
    {
        if (!ListQuery.ReadSize(request.Query).Succeeded(out var size, out var error))
        {
            return AdminResponse.Of(error);
        }

        if (!TryReadOffset(request, "not the place of a change", out var after, out error))
        {
            return AdminResponse.Of(error!);
        }

        if (ReadRevision(request) is not { } number || await revisions.FindAsync(number, request.Cancellation) is not { } revision)
        {
            return AdminResponse.NotFound();
        }

        var changes = await revisions.ChangesAsync(number, (int)Math.Min(after ?? -1, int.MaxValue), size + 1, request.Cancellation);
        var body = Show(revision);
        body["entities"] = new JsonArray([.. changes.Take(size).Select(Show)]);
        ListQuery.AddNext(body, request.Context.Request, changes.Count > size ? $"{changes[size - 1].Ordinal}" : null);
        return AdminResponse.Ok(body);
    }

    private async Task<AdminResponse> RollbackAsync(AdminRequest request)
    {
        var body = await request.ReadBodyAsync();
        if (body.Refusal is not null)
        {
            return body.Refusal;
        }

        var input = RollbackInput.Read(body.Value!);
        if (input.Errors.Count > 0)
        {
            return AdminResponse.Of(ConfigurationError.Violation(input.Errors));
        }

        if (ReadRevision(request) is not { } revision)
        {
            return AdminResponse.NotFound();
        }

        var message = string.Create(CultureInfo.InvariantCulture, $"rollback to revision {revision}{(input.Reason is null ? "" : $": {input.Reason}")}");
        var outcome = await writer.WriteAsync<JsonArray>(
            request.Origin("rollback", message),
            alone: true,
            async (session, token) =>
                await new ConfigurationRollback(session, time.GetUtcNow().ToUnixTimeSeconds()).RunAsync(revision, input.Credentials, token) is { } refused
                    ? refused
                    : ChangeList.Of(session.Changes),
            request.Cancellation,
            rehearse: input.DryRun);
        if (!outcome.Succeeded(out var committed, out var error))
        {
            return AdminResponse.Of(error);
        }

        var answer = new JsonObject { ["revision"] = committed.Revision, ["rolled_back_to"] = revision, ["changes"] = committed.Changes, ["diff"] = committed.Value };
        return input.DryRun || committed.Changes is 0 ? AdminResponse.Ok(answer) : AdminResponse.Created(answer, committed.Revision);
    }

    private static long? ReadRevision(AdminRequest request) =>
        long.TryParse(request.Segment(Segment), NumberStyles.None, CultureInfo.InvariantCulture, out var revision) ? revision : null;

    private static bool TryReadOffset(AdminRequest request, string problem, out long? value, out ConfigurationError? error)
    {
        (value, error) = (null, null);
        if (!request.Query.TryGetValue("offset", out var offset))
        {
            return true;
        }

        if (long.TryParse(offset, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            value = number;
            return true;
        }

        error = new ConfigurationError(ErrorCode.InvalidOffset, $"'{offset}' is not a valid offset: {problem}");
        return false;
    }

    private static JsonObject Show(RevisionInfo revision) => new()
    {
        ["revision"] = revision.Revision,
        ["principal"] = revision.Principal,
        ["source_address"] = revision.SourceAddress,
        ["time"] = revision.Time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        ["origin"] = revision.Origin,
        ["message"] = revision.Message,
        ["changes"] = revision.Changes,
    };

    private JsonObject Show(RevisionChange change)
    {
        var shown = ChangeList.Describe(change.Key, change.Change);
        shown["before"] = Show(change.Key, change.Change.Before);
        shown["after"] = Show(change.Key, change.Change.After);
        return shown;
    }

    private JsonObject? Show(EntityKey key, byte[]? canonical) => canonical is null ? null : presenter.Show(key.Kind, CanonicalForm.Read(canonical));
}
