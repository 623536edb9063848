using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Gateway.Plugins.KeyAuth;

/// <summary>A key among the parameters of a query, or of a form in the same syntax.</summary>
internal static class KeyInQuery
{
    public static PresentedKey Find(ReadOnlyMemory<char> query, string name)
    {
        string? found = null;
        foreach (var parameter in new QueryStringEnumerable(query))
        {
            if (!parameter.DecodeName().Span.Equals(name, StringComparison.Ordinal))
            {
                continue;
            }

            if (found is not null)
            {
                return new PresentedKey(null, IsDuplicate: true);
            }

            found = parameter.DecodeValue().ToString();
        }

        return new PresentedKey(found);
    }

    /// <summary>The same text without the parameter; all others stay as they were written.</summary>
    public static string Without(string query, string name)
    {
        var kept = new List<string>();
        foreach (var part in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!Find(part.AsMemory(), name).IsPresent)
            {
                kept.Add(part);
            }
        }

        return string.Join('&', kept);
    }

    public static void Hide(HttpRequest request, string name)
    {
        var kept = Without(request.QueryString.Value ?? string.Empty, name);
        request.QueryString = kept.Length == 0 ? QueryString.Empty : new QueryString("?" + kept);
    }
}
