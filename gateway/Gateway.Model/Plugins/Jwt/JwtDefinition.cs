using System.Globalization;
using System.Text.Json.Nodes;
using Gateway.Model.Schemas;

namespace Gateway.Model.Plugins.Jwt;

internal static class JwtDefinition
{
    private const int LongestExpiration = 31_536_000;

    public static PluginDefinition Create() => new PluginDefinition<JwtConfig>
    {
        Name = "jwt",
        Version = "1.0.0",
        Priority = 1450,
        MayHaveConsumer = false,
        Fields =
        [
            Field.Set("uri_param_names", Field.Text("name"), ["jwt"]),
            Field.Set("cookie_names", Field.Text("name"), []),
            Field.Set("header_names", Field.Text("name") with { Check = value => Texts.HeaderNameProblem(value.GetValue<string>()) }, ["authorization"]),
            Field.Text("key_claim_name", "iss"),
            Field.Flag("secret_is_base64", false),
            Field.Set("claims_to_verify", Field.Choice("claim", null, "exp", "nbf")),
            Field.Text("anonymous"),
            Field.Flag("run_on_preflight", true),
            Field.Number("maximum_expiration", 0, 0, LongestExpiration),
            Field.Text("realm"),
        ],
        Checks = [RequireExpiration],
    };

    private static IEnumerable<ModelError> RequireExpiration(JsonObject config)
    {
        var isLimited = config["maximum_expiration"] is { } limit && double.Parse(limit.ToJsonString(), CultureInfo.InvariantCulture) > 0;
        if (isLimited && !(config["claims_to_verify"] is JsonArray claims && claims.Any(claim => (string?)claim is "exp")))
        {
            yield return new ModelError("claims_to_verify", "must contain 'exp', which 'maximum_expiration' limits", "exp, nbf");
        }
    }
}
