using System.Text.Json.Nodes;
using Gateway.DataPlane.Pipeline;
using Gateway.DataPlane.Tests.Hosting.Support;
using Gateway.Model.Plugins;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Plugins.Tests;

public sealed class CatalogueTests
{
    [Fact]
    public async Task Every_plugin_of_the_catalogue_has_its_behaviour_and_is_reported()
    {
        await using var harness = await PluginHarness.StartAsync();

        var versions = harness.Plane.Services.GetRequiredService<PluginInventory>().Versions;

        Assert.Equal(
            PluginCatalogue.All.ToDictionary(definition => definition.Name, definition => definition.Version),
            versions.ToDictionary(entry => entry.Key, entry => entry.Value));
    }

    [Theory]
    [InlineData("rate-limiting", "{}", "config")]
    [InlineData("rate-limiting", """{"minute":"many"}""", "config.minute")]
    [InlineData("rate-limiting", """{"minute":1,"policy":"cluster"}""", "config.policy")]
    [InlineData("rate-limiting", """{"minute":1,"policy":"redis"}""", "config.redis.host")]
    [InlineData("rate-limiting", """{"minute":1,"policy":"redis","redis":{"host":"r","sentinel_master":"m"}}""", "config.redis.sentinel_master")]
    [InlineData("rate-limiting", """{"minute":1,"policy":"redis","redis":{"host":"r","connection_is_proxied":true}}""", "config.redis.connection_is_proxied")]
    [InlineData("rate-limiting", """{"minute":1,"policy":"redis","redis":{"host":"r","ssl":true,"cloud_authentication":{"auth_provider":"aws","aws_cache_name":"c"}}}""", "config.redis.username")]
    [InlineData("rate-limiting", """{"minute":1,"policy":"redis","redis":{"database":1,"cluster_nodes":[{"ip":"10.0.0.1"}]}}""", "config.redis.database")]
    [InlineData("rate-limiting", """{"minute":1,"sync_rate":10}""", "config.sync_rate")]
    [InlineData("key-auth", """{"identity_realms":[{"scope":"realm"}]}""", "config.identity_realms")]
    [InlineData("basic-auth", """{"brute_force_protection":{"strategy":"memory"}}""", "config.brute_force_protection.strategy")]
    [InlineData("jwt", """{"claims_to_verify":["aud"]}""", "config.claims_to_verify")]
    [InlineData("mtls-auth", """{"ca_certificates":[]}""", "config.ca_certificates")]
    [InlineData("aws-lambda", """{"aws_region":"eu-central-1"}""", "config.function_name")]
    [InlineData("aws-lambda", """{"function_name":"f","aws_region":"eu-central-1","aws_key":"k"}""", "config.aws_secret")]
    [InlineData("aws-lambda", """{"function_name":"f"}""", "config.aws_region")]
    [InlineData("aws-lambda", """{"function_name":"f","aws_region":"eu-central-1","proxy_url":"http://p"}""", "config.proxy_url")]
    [InlineData("opensearch-log", """{"endpoint":"https://a"}""", "config.region")]
    [InlineData("opensearch-log", """{"endpoint":"https://a/path","auth":"none"}""", "config.endpoint")]
    [InlineData("opensearch-log", """{"endpoint":"https://a","auth":"none","index":"Logs"}""", "config.index")]
    [InlineData("opensearch-log", """{"endpoint":"https://a","auth":"basic","username":"u"}""", "config.password")]
    [InlineData("opensearch-log", """{"endpoint":"https://a","auth":"none","max_request_bytes":20000000}""", "config.max_request_bytes")]
    [InlineData("openid-connect", """{}""", "config.issuer")]
    [InlineData("openid-connect", """{"issuer":"ftp://a"}""", "config.issuer")]
    [InlineData("openid-connect", """{"issuer":"https://a","auth_methods":["userinfo"]}""", "config.auth_methods")]
    [InlineData("openid-connect", """{"issuer":"https://a","auth_methods":["authorization_code"],"client_secret":["s"]}""", "config.client_id")]
    [InlineData("openid-connect", """{"issuer":"https://a","auth_methods":["authorization_code"],"client_id":["c"]}""", "config.session_secret")]
    [InlineData("openid-connect", """{"issuer":"https://a","auth_methods":["bearer"],"session_secret":"short"}""", "config.session_secret")]
    [InlineData("openid-connect", """{"issuer":"https://a","auth_methods":["bearer"],"ssl_verify":false}""", "config.ssl_verify")]
    [InlineData("openid-connect", """{"issuer":"https://a","auth_methods":["bearer"],"upstream_headers_names":["x"]}""", "config.upstream_headers_names")]
    [InlineData("openid-connect", """{"issuer":"https://a","auth_methods":["bearer"],"bearer_token_param_type":["cookie"]}""", "config.bearer_token_cookie_name")]
    [InlineData("openid-connect", """{"issuer":"https://a","auth_methods":["bearer"],"session_storage":"redis"}""", "config.session_storage")]
    [InlineData("mtls-auth", """{"ca_certificates":["00000000-0000-4000-8000-000000000001"],"send_ca_dn":true}""", "config.send_ca_dn")]
    [InlineData("key-auth", """{"key_names":7}""", "config.key_names")]
    [InlineData("correlation-id", """{"generator":"dice"}""", "config.generator")]
    public async Task A_config_that_cannot_run_is_refused_by_its_field(string plugin, string config, string field)
    {
        await using var harness = await PluginHarness.StartAsync();
        var configuration = new ConfigurationBuilder();
        configuration.Plugin(plugin, JsonNode.Parse(config)!.AsObject());

        var result = await harness.Plane.TryApplyAsync(configuration.Snapshot());

        Assert.Contains(result.Errors, error => error.Field.Contains(field, StringComparison.Ordinal) || error.Problem.Contains(field, StringComparison.Ordinal));
    }
}
