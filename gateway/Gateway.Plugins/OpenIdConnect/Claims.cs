using System.Text.Json;

namespace Gateway.Plugins.OpenIdConnect;

/// <summary>What tokens say of a caller: the access token's claims first, and what it lacks from the ID token. Immutable, may be shared by requests.</summary>
internal sealed class Claims(params JsonElement[] sources)
{
    public static readonly Claims None = new();

    /// <summary>The claim at the end of a path; null where there is none.</summary>
    public JsonElement? Find(IReadOnlyList<string> path)
    {
        foreach (var source in sources)
        {
            var value = source;
            var i = 0;
            while (i < path.Count && value.ValueKind is JsonValueKind.Object && value.TryGetProperty(path[i], out var next))
            {
                value = next;
                i++;
            }

            if (i == path.Count && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined))
            {
                return value;
            }
        }

        return null;
    }

    /// <summary>A claim as the one text that it is; null where it is none.</summary>
    public string? Text(IReadOnlyList<string> path) => Find(path) is { } value ? TextOf(value) : null;

    /// <summary>The elements of a list, or the words of a text, as scopes are.</summary>
    public IReadOnlyList<string> Texts(IReadOnlyList<string> path) => Find(path) switch
    {
        { ValueKind: JsonValueKind.String } text => TextOf(text)?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [],
        { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray().Select(TextOf).OfType<string>()],
        { } other when TextOf(other) is { } text => [text],
        _ => [],
    };

    /// <summary>A claim as a header's value: lists and objects as JSON.</summary>
    public string? Header(string claim) => Find([claim]) is { } value ? TextOf(value) ?? value.GetRawText() : null;

    private static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => StringOf(value),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => null,
    };

    // JSON can spell half a surrogate pair, which no text is.
    private static string? StringOf(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
