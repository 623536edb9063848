using Gateway.Model.Entities;
using Gateway.Model.Schemas;

namespace Gateway.Model.Plugins.MtlsAuth;

internal static class MtlsAuthDefinition
{
    // A day: what was revoked is to be found out some time.
    private const int LongestCache = 86_400_000;

    public static PluginDefinition Create() => new PluginDefinition<MtlsAuthConfig>
    {
        Name = "mtls-auth",
        Version = "1.0.0",
        Priority = 1600,
        MayHaveConsumer = false,
        Fields =
        [
            Field.List("ca_certificates", CommonFields.IdOf(EntityKinds.CaCertificates)) with { Required = true, MinimumLength = 1 },
            Field.Text("anonymous"),
            Field.List("consumer_by", Field.Choice("field", null, "username", "custom_id"), ["username", "custom_id"]) with { Required = false },
            Field.Text("default_consumer"),
            Field.Flag("skip_consumer_lookup", false),
            Field.Choice("authenticated_group_by", "CN", "CN", "DN") with { Required = false },
            Field.Flag("allow_partial_chain", false),
            Field.Choice("revocation_check_mode", "IGNORE_CA_ERROR", "SKIP", "IGNORE_CA_ERROR", "STRICT"),
            Field.Number("http_timeout", 30_000, 1, 60_000),
            Field.Flag("ssl_verify", null),
            Field.Number("cert_cache_ttl", 60_000, 0, LongestCache),
            Field.Number("cache_ttl", 60, 0, LongestCache),
            Field.Flag("send_ca_dn", false) with { Check = value => value.GetValue<bool>() ? "not supported by this version" : null },
            Unsupported.Field("san_dirname_matcher", FieldType.Array),
            Unsupported.Field("http_proxy_host", FieldType.String),
            Unsupported.Field("http_proxy_port", FieldType.Integer),
            Unsupported.Field("https_proxy_host", FieldType.String),
            Unsupported.Field("https_proxy_port", FieldType.Integer),
        ],
    };
}
