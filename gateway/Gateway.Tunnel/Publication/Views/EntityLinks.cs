using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using Gateway.Model.Configuration;
using Gateway.Model.Schemas;

namespace Gateway.Tunnel.Publication.Views;

/// <summary>What an entity says of who may have it: by its own tags, and by what it belongs to.</summary>
/// <param name="Own">Null where its tags limit it to no sites.</param>
/// <param name="Parents">What it refers to: it is of no use without any of them.</param>
internal readonly record struct EntityLinks(SiteLimit? Own, ImmutableArray<EntityKey> Parents)
{
    private static readonly FrozenDictionary<string, (string Field, string Kind)[]> References = EntitySchemas.All.ToFrozenDictionary(
        schema => schema.Kind,
        schema => schema.Fields.Where(field => field is { Type: FieldType.Foreign, Reference: not null }).Select(field => (field.Name, field.Reference!))
            .Concat(schema.ListReferences.Select(list => (list.Field.Name, list.Kind))).ToArray(),
        StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, int> Depths = References.Keys.ToFrozenDictionary(kind => kind, Depth, StringComparer.Ordinal);

    /// <summary>A kind's distance from those that refer to nothing: parents have a smaller one than what belongs to them.</summary>
    public static int DepthOf(string kind) => Depths.GetValueOrDefault(kind);

    /// <summary>One more than the greatest depth.</summary>
    public static int DepthCount { get; } = Depths.Values.Max() + 1;

    public static EntityLinks Read(EntityKey key, ReadOnlySpan<byte> canonical)
    {
        var references = References.GetValueOrDefault(key.Kind, []);
        var mayBeLimited = SiteSelector.IsIn(canonical);
        if (references.Length == 0 && !mayBeLimited)
        {
            return new EntityLinks(null, []);
        }

        SiteLimit? own = null;
        var parents = ImmutableArray.CreateBuilder<EntityKey>();
        var reader = new Utf8JsonReader(canonical);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (mayBeLimited && reader.ValueTextEquals("tags"u8))
            {
                reader.Read();
                own = ReadTags(ref reader);
                continue;
            }

            string? kind = null;
            foreach (var reference in references)
            {
                kind = reader.ValueTextEquals(reference.Field) ? reference.Kind : kind;
            }

            reader.Read();
            if (kind is not null && ReadId(ref reader) is { } id)
            {
                parents.Add(new EntityKey(kind, id));
            }
            else if (kind is not null && reader.TokenType == JsonTokenType.StartArray)
            {
                ReadIds(ref reader, kind, parents);
            }
            else
            {
                reader.Skip();
            }
        }

        return new EntityLinks(own, parents.DrainToImmutable());
    }

    private static SiteLimit? ReadTags(ref Utf8JsonReader reader)
    {
        var selectors = new List<SiteSelector>();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return null;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.String && reader.GetString() is { } tag && tag.StartsWith(SiteSelector.TagPrefix, StringComparison.Ordinal))
            {
                selectors.Add(SiteSelector.TryParse(tag) ?? SiteSelector.Nobody(tag));
            }
        }

        return selectors.Count > 0 ? SiteLimit.AnyOf(selectors) : null;
    }

    // {"id":"…"}, or null. Leaves the reader at the value's end, or where it was.
    private static Guid? ReadId(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        Guid? id = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isId = reader.ValueTextEquals("id"u8);
            reader.Read();
            if (isId && reader.TokenType == JsonTokenType.String && reader.TryGetGuid(out var read))
            {
                id = read;
            }

            reader.Skip();
        }

        return id;
    }

    private static void ReadIds(ref Utf8JsonReader reader, string kind, ImmutableArray<EntityKey>.Builder parents)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.String && reader.TryGetGuid(out var id))
            {
                parents.Add(new EntityKey(kind, id));
            }

            reader.Skip();
        }
    }

    private static int Depth(string kind) =>
        References.TryGetValue(kind, out var references) && references.Length > 0 ? references.Max(reference => Depth(reference.Kind)) + 1 : 0;
}
