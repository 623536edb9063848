using System.Collections.Frozen;
using Gateway.Model.Entities;

namespace Gateway.Model.Declarative;

/// <summary>Kong's kinds that this gateway does not serve yet. An export holds empty lists of them; anything in them is refused by name.</summary>
internal static class OtherKinds
{
    public static readonly FrozenSet<string> All = FrozenSet.Create(
        StringComparer.Ordinal,
        "filter_chains", "parameters", "workspaces", "licenses", "partials",
        "hmacauth_credentials", "oauth2_credentials", "oauth2_tokens", "degraphql_routes");

    /// <summary>Those that may stand inside an entity of a kind that is served.</summary>
    public static IReadOnlyList<string> Inside(string kind) => kind switch
    {
        EntityKinds.Consumers => ["hmacauth_credentials", "oauth2_credentials"],
        EntityKinds.Services => ["filter_chains", "degraphql_routes"],
        EntityKinds.Routes => ["filter_chains"],
        _ => [],
    };
}
