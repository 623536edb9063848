using System.Collections.Frozen;
using Gateway.Model.Entities;

namespace Gateway.Model.Declarative;

/// <summary>Kong's kinds that this gateway does not serve yet. An export holds empty lists of them; anything in them is refused by name.</summary>
internal static class OtherKinds
{
    public static readonly FrozenSet<string> All = FrozenSet.Create(
        StringComparer.Ordinal,
        "certificates", "snis", "ca_certificates", "consumer_groups", "vaults", "keys", "key_sets", "filter_chains", "parameters", "workspaces", "licenses", "partials",
        "acls", "basicauth_credentials", "hmacauth_credentials", "jwt_secrets", "oauth2_credentials", "oauth2_tokens", "mtls_auth_credentials", "degraphql_routes");

    /// <summary>Those that may stand inside an entity of a kind that is served.</summary>
    public static IReadOnlyList<string> Inside(string kind) => kind switch
    {
        EntityKinds.Consumers => ["acls", "basicauth_credentials", "hmacauth_credentials", "jwt_secrets", "oauth2_credentials", "mtls_auth_credentials"],
        EntityKinds.Services => ["filter_chains", "degraphql_routes"],
        EntityKinds.Routes => ["filter_chains"],
        _ => [],
    };
}
