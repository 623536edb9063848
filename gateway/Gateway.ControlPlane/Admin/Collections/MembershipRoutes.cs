using System.Text.Json.Nodes;
using Gateway.ControlPlane.Access;
using Gateway.ControlPlane.Admin.Http;
using Gateway.ControlPlane.Store.Reading;
using Gateway.ControlPlane.Store.Schema;
using Gateway.ControlPlane.Store.Writing;
using Gateway.Model;
using Gateway.Model.Configuration;
using Gateway.Model.Entities;

namespace Gateway.ControlPlane.Admin.Collections;

/// <summary><c>/consumer_groups/GROUP/consumers</c> and <c>/consumers/CONSUMER/consumer_groups</c>: who is in which group, from both ends.</summary>
internal sealed class MembershipRoutes(ConfigurationReader reader, RevisionWriter writer, EntityRules rules, EntityPresenter presenter)
{
    public void AddTo(AdminRoutes routes)
    {
        var groups = new MembershipSide(EntityCollection.Of(EntityKinds.ConsumerGroups), "consumer_group", "group");
        var consumers = new MembershipSide(EntityCollection.Of(EntityKinds.Consumers), "consumer", "consumer");
        Add(routes, groups, consumers);
        Add(routes, consumers, groups);
    }

    private void Add(AdminRoutes routes, MembershipSide own, MembershipSide other)
    {
        var path = $"/{own.Collection.Segment}/{{{Parent.SegmentName}}}/{other.Collection.Segment}";
        routes.Get(path, request => ListAsync(request, own, other), RouteAccess.ReadWithinTags)
            .Post(path, request => AddAsync(request, own, other), RouteAccess.ConfigureWithinTags)
            .Delete(path, request => RemoveAsync(request, own, other, all: true), RouteAccess.ConfigureWithinTags)
            .Get($"{path}/{{key}}", request => GetAsync(request, own, other), RouteAccess.ReadWithinTags)
            .Delete($"{path}/{{key}}", request => RemoveAsync(request, own, other, all: false), RouteAccess.ConfigureWithinTags);
    }

    private async Task<AdminResponse> ListAsync(AdminRequest request, MembershipSide own, MembershipSide other)
    {
        if (!ListQuery.Read(request.Query).Succeeded(out var query, out var error))
        {
            return AdminResponse.Of(error);
        }

        if (await FindOwnAsync(request, own) is not { } entity)
        {
            return AdminResponse.NotFound();
        }

        if (await CheckLimitsAsync(request, own, entity) is { } outside)
        {
            return AdminResponse.Of(outside);
        }

        query = query with { References = new Dictionary<string, Guid>(StringComparer.Ordinal) { [own.Field] = Id(entity) } };
        var page = await reader.ListAsync(EntityKinds.ConsumerGroupMembers, query, request.Cancellation);
        var found = await reader.FindManyAsync(other.Collection.Kind, [.. page.Entities.Select(member => Referenced(member, other))], request.Cancellation);
        var shown = new List<JsonObject>();
        foreach (var member in found)
        {
            if (await CheckLimitsAsync(request, other, member) is null)
            {
                shown.Add(member);
            }
        }

        var body = new JsonObject { ["data"] = Show(other, shown) };
        ListQuery.AddNext(body, request.Context.Request, page.Next is { } next ? ListQuery.WriteOffset(next) : null);
        return AdminResponse.Ok(body);
    }

    private async Task<AdminResponse> GetAsync(AdminRequest request, MembershipSide own, MembershipSide other)
    {
        var entity = await FindOwnAsync(request, own);
        var member = entity is null ? null : await reader.FindAsync(other.Collection, request.Segment("key"), parent: null, request.Cancellation);
        if (entity is not null && (await CheckLimitsAsync(request, own, entity) ?? (member is null ? null : await CheckLimitsAsync(request, other, member))) is { } outside)
        {
            return AdminResponse.Of(outside);
        }

        return member is not null && await reader.FindByAsync(EntityKinds.ConsumerGroupMembers, own.Field, KeyOf(own, entity!, member), request.Cancellation) is not null
            ? AdminResponse.Ok(presenter.Show(other.Collection.Kind, member))
            : AdminResponse.NotFound();
    }

    /// <returns>Null where the caller may see it.</returns>
    private async Task<ConfigurationError?> CheckLimitsAsync(AdminRequest request, MembershipSide side, JsonObject entity) =>
        request.Limits is not { } tags || await reader.IsWithinAsync(side.Collection.Kind, entity, tags, request.Cancellation)
            ? null
            : ConstraintErrors.OutsideTags(new EntityKey(side.Collection.Kind, Id(entity)), tags);

    /// <summary>Who is in the group already stays in it.</summary>
    private async Task<AdminResponse> AddAsync(AdminRequest request, MembershipSide own, MembershipSide other)
    {
        var body = await request.ReadBodyAsync();
        if (body.Refusal is not null)
        {
            return body.Refusal;
        }

        if (!ReadNames(body.Value!, other).Succeeded(out var names, out var invalid))
        {
            return AdminResponse.Of(invalid);
        }

        var outcome = await writer.WriteAsync<JsonObject>(
            request.Origin(),
            alone: false,
            async (session, token) =>
            {
                if (await session.FindAsync(own.Collection, request.Segment(Parent.SegmentName), parent: null, token) is not { } entity)
                {
                    return ConfigurationError.NotFound();
                }

                if (await session.CheckWithinAsync(own.Collection.Kind, entity, request.Limits, token) is { } outsideOwn)
                {
                    return outsideOwn;
                }

                var added = new List<JsonObject>();
                foreach (var name in names)
                {
                    if (await session.FindAsync(other.Collection, name, parent: null, token) is not { } member)
                    {
                        return EntityRules.Violation([new ModelError(other.Input, $"no such entity in '{other.Collection.Kind}': {name}", $"an id or {other.Collection.KeyField}")]);
                    }

                    if (await session.CheckWithinAsync(other.Collection.Kind, member, request.Limits, token) is { } outside)
                    {
                        return outside;
                    }

                    if (await JoinAsync(session, own, entity, other, member, token) is { } error)
                    {
                        return error;
                    }

                    added.Add(member);
                }

                return new JsonObject { [own.Field] = presenter.Show(own.Collection.Kind, entity), [other.Collection.Kind] = Show(other, added) };
            },
            request.Cancellation);
        return outcome.Succeeded(out var committed, out var refused) ? AdminResponse.Created(committed.Value, committed.Revision) : AdminResponse.Of(refused);
    }

    private async Task<ConfigurationError?> JoinAsync(
        WriteSession session, MembershipSide own, JsonObject entity, MembershipSide other, JsonObject member, CancellationToken cancellationToken)
    {
        if (await session.FindByAsync(EntityKinds.ConsumerGroupMembers, own.Field, KeyOf(own, entity, member), cancellationToken) is not null)
        {
            return null;
        }

        var fields = new JsonObject
        {
            [own.Field] = new JsonObject { ["id"] = (string)entity["id"]! },
            [other.Field] = new JsonObject { ["id"] = (string)member["id"]! },
        };
        return rules.Create(EntityKinds.ConsumerGroupMembers, new EntityInput(fields, IsForm: false)).Succeeded(out var membership, out var invalid)
            ? await session.PutAsync(EntityKinds.ConsumerGroupMembers, membership, cancellationToken)
            : invalid;
    }

    private async Task<AdminResponse> RemoveAsync(AdminRequest request, MembershipSide own, MembershipSide other, bool all)
    {
        var outcome = await writer.WriteAsync<bool>(
            request.Origin(),
            alone: false,
            async (session, token) =>
            {
                if (await session.FindAsync(own.Collection, request.Segment(Parent.SegmentName), parent: null, token) is not { } entity)
                {
                    return ConfigurationError.NotFound();
                }

                foreach (var id in all ? await AllAsync(session, own, entity, token) : await OneAsync(session, request, own, entity, other, token))
                {
                    if (await session.DeleteAsync(EntityKinds.ConsumerGroupMembers, id, token) is { } error)
                    {
                        return error;
                    }
                }

                return true;
            },
            request.Cancellation);
        return outcome.Succeeded(out var committed, out var refused)
            ? AdminResponse.NoContent(committed.Changes > 0 ? committed.Revision : null)
            : AdminResponse.Of(refused);
    }

    private static Task<List<Guid>> AllAsync(WriteSession session, MembershipSide own, JsonObject entity, CancellationToken cancellationToken)
    {
        var table = EntityTables.Of(EntityKinds.ConsumerGroupMembers);
        return table.IdsReferringToAsync(session.Context, table.Foreigns.First(foreign => foreign.Field == own.Field), Id(entity), cancellationToken);
    }

    // As in Kong, who is not in the group has left it already.
    private static async Task<List<Guid>> OneAsync(
        WriteSession session, AdminRequest request, MembershipSide own, JsonObject entity, MembershipSide other, CancellationToken cancellationToken) =>
        await session.FindAsync(other.Collection, request.Segment("key"), parent: null, cancellationToken) is { } member
        && await session.FindByAsync(EntityKinds.ConsumerGroupMembers, own.Field, KeyOf(own, entity, member), cancellationToken) is { } membership
            ? [Id(membership)]
            : [];

    /// <summary><c>{"consumer": "NAME"}</c> or <c>{"consumer": ["NAME", …]}</c>, as in Kong; names or ids.</summary>
    private static Result<IReadOnlyList<string>> ReadNames(JsonObject body, MembershipSide other)
    {
        if (body.Select(member => member.Key).FirstOrDefault(field => field != other.Input) is { } unknown)
        {
            return EntityRules.Violation([new ModelError(unknown, "unknown field", other.Input)]);
        }

        var elements = body[other.Input] is JsonArray array ? [.. array] : new List<JsonNode?> { body[other.Input] };
        var names = elements.Select(element => element is JsonValue value && value.TryGetValue<string>(out var name) && name.Length > 0 ? name : null).ToList();
        return names.Count > 0 && names.All(name => name is not null)
            ? names.ConvertAll(name => name!)
            : EntityRules.Violation([new ModelError(other.Input, body[other.Input] is null ? "required field missing" : "expected a string", $"an id or {other.Collection.KeyField}, or a list of them")]);
    }

    private Task<JsonObject?> FindOwnAsync(AdminRequest request, MembershipSide own) =>
        reader.FindAsync(own.Collection, request.Segment(Parent.SegmentName), parent: null, request.Cancellation);

    private JsonArray Show(MembershipSide side, IEnumerable<JsonObject> entities) => new([.. entities.Select(entity => presenter.Show(side.Collection.Kind, entity))]);

    private static string KeyOf(MembershipSide own, JsonObject entity, JsonObject member) => own.Collection.Kind == EntityKinds.ConsumerGroups
        ? ConsumerGroupMemberRow.KeyOf(Id(entity), Id(member))
        : ConsumerGroupMemberRow.KeyOf(Id(member), Id(entity));

    private static Guid Referenced(JsonObject membership, MembershipSide side) => Guid.Parse((string)membership[side.Field]!["id"]!);

    private static Guid Id(JsonObject entity) => Guid.Parse((string)entity["id"]!);
}
