namespace Gateway.Plugins.OpenIdConnect;

/// <summary>Kong's lists of which one element is served.</summary>
internal static class OneOrNone
{
    public static string? One(this IReadOnlyList<string>? list) => list is [var only, ..] ? only : null;
}
