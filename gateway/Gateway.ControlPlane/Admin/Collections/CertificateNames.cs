using System.Text.Json.Nodes;
using Gateway.ControlPlane.Store.Reading;
using Gateway.ControlPlane.Store.Schema;
using Gateway.ControlPlane.Store.Writing;
using Gateway.Model;
using Gateway.Model.Entities;

namespace Gateway.ControlPlane.Admin.Collections;

/// <summary>The shorthand <c>snis</c> of a certificate: a list of names that stands for the entities.</summary>
internal sealed class CertificateNames(EntityRules rules)
{
    public const string Field = "snis";

    /// <summary>Takes the list out of what a client wrote.</summary>
    /// <returns>Null where there is none, or an error that names the element.</returns>
    public static Result<IReadOnlyList<string>?> Take(string kind, EntityInput input)
    {
        if (kind != EntityKinds.Certificates || !input.Fields.Remove(Field, out var given))
        {
            return default(Result<IReadOnlyList<string>?>);
        }

        var elements = given switch
        {
            JsonArray array => array,
            null => [],
            JsonValue single when input.IsForm => (string?)single is { Length: > 0 } text ? [text] : [],
            _ => null,
        };
        if (elements is null)
        {
            return EntityRules.Violation([new ModelError(Field, "expected a set")]);
        }

        var names = new List<string>();
        foreach (var (index, element) in elements.Index())
        {
            if (element is not JsonValue value || !value.TryGetValue<string>(out var name))
            {
                return EntityRules.Violation([new ModelError($"{Field}[{index}]", "expected a string")]);
            }

            if (names.Contains(name, StringComparer.Ordinal))
            {
                return EntityRules.Violation([new ModelError(Field, $"{name} is duplicated")]);
            }

            names.Add(name);
        }

        return names;
    }

    /// <summary>A certificate that is written under a name answers for that name.</summary>
    public static IReadOnlyList<string>? WithKey(string kind, IReadOnlyList<string>? names, string key) =>
        kind != EntityKinds.Certificates || Guid.TryParseExact(key, "D", out _) || names?.Contains(key, StringComparer.Ordinal) is true ? names : [.. names ?? [], key];

    /// <summary>Makes <paramref name="names"/> all that the certificate answers for.</summary>
    /// <returns>Null, or why not: a name is invalid, or another certificate's.</returns>
    public async Task<ConfigurationError?> SetAsync(WriteSession session, Guid certificate, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        var table = EntityTables.Of(EntityKinds.Snis);
        var wanted = names.ToHashSet(StringComparer.Ordinal);
        foreach (var id in await table.IdsReferringToAsync(session.Context, table.Foreigns[0], certificate, cancellationToken))
        {
            if (await session.FindAsync(EntityKinds.Snis, id, cancellationToken) is { } known && !wanted.Remove((string)known["name"]!)
                && await session.DeleteAsync(EntityKinds.Snis, id, cancellationToken) is { } error)
            {
                return error;
            }
        }

        foreach (var name in wanted)
        {
            if (await session.FindByAsync(EntityKinds.Snis, "name", name, cancellationToken) is { } taken)
            {
                return EntityRules.Violation([new ModelError(Field, $"{name} already associated with existing certificate '{taken["certificate"]!["id"]}'")]);
            }

            var sni = new JsonObject { ["name"] = name, ["certificate"] = new JsonObject { ["id"] = certificate.ToString("D") } };
            if (!rules.Create(EntityKinds.Snis, new EntityInput(sni, IsForm: false)).Succeeded(out var entity, out var invalid))
            {
                return invalid;
            }

            if (await session.PutAsync(EntityKinds.Snis, entity, cancellationToken) is { } error)
            {
                return error;
            }
        }

        return null;
    }

    /// <summary>Adds the list to each certificate; nothing to other kinds.</summary>
    public static async Task AddToAsync(IEntitySource source, string kind, IReadOnlyCollection<JsonObject> entities, CancellationToken cancellationToken)
    {
        if (kind != EntityKinds.Certificates || entities.Count == 0)
        {
            return;
        }

        var names = await source.ServerNamesAsync([.. entities.Select(Id)], cancellationToken);
        foreach (var certificate in entities)
        {
            certificate[Field] = List(names[Id(certificate)]);
        }
    }

    /// <summary>A certificate as readers see it, so that its version is the one that they saw; entities of other kinds as they are.</summary>
    public static async Task<JsonObject> WithNamesAsync(WriteSession session, string kind, JsonObject entity, CancellationToken cancellationToken)
    {
        if (kind != EntityKinds.Certificates)
        {
            return entity;
        }

        var names = new List<string>();
        var table = EntityTables.Of(EntityKinds.Snis);
        foreach (var id in await table.IdsReferringToAsync(session.Context, table.Foreigns[0], Id(entity), cancellationToken))
        {
            if (await session.FindAsync(EntityKinds.Snis, id, cancellationToken) is { } sni)
            {
                names.Add((string)sni["name"]!);
            }
        }

        var copy = (JsonObject)entity.DeepClone();
        copy[Field] = List(names);
        return copy;
    }

    // Sorted here: databases have orders of their own.
    private static JsonArray List(IEnumerable<string> names) => new([.. names.Order(StringComparer.Ordinal).Select(name => JsonValue.Create(name))]);

    private static Guid Id(JsonObject entity) => Guid.Parse((string)entity["id"]!);
}
