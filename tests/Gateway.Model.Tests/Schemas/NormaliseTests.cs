using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Model.Entities;
using Gateway.Model.Errors;
using Gateway.Model.Plugins;
using Gateway.Model.Schemas;

namespace Gateway.Model.Tests.Schemas;

public sealed class NormaliseTests
{
    private const string Reference = """{"id":"11111111-1111-4111-8111-111111111111"}""";

    [Fact]
    public void A_service_gets_Kongs_defaults()
    {
        var service = Valid(EntityKinds.Services, """{"name":"a","host":"example.com"}""");

        Assert.Equal("http", (string?)service["protocol"]);
        Assert.Equal(80, (int?)service["port"]);
        Assert.Equal(5, (int?)service["retries"]);
        Assert.Equal(60000, (int?)service["read_timeout"]);
        Assert.True((bool?)service["enabled"]);
        Assert.True(service.ContainsKey("path"));
        Assert.Null(service["path"]);
    }

    [Fact]
    public void An_unknown_plugin_is_refused_with_those_that_there_are()
    {
        var result = EntitySchemas.For(EntityKinds.Plugins).Normalise(
            JsonNode.Parse("""{"name":"nonsense","config":{"a":1}}""")!.AsObject(), NormaliseMode.Insert, null, TimeProvider.System);

        var error = Assert.Single(result.Errors);
        Assert.Equal(("name", "plugin 'nonsense' not enabled; add it to the 'plugins' configuration property"), (error.Field, error.Problem));
        Assert.Equal(string.Join(", ", PluginCatalogue.All.Select(plugin => plugin.Name)), error.Allowed);
    }

    [Theory]
    [InlineData("https://example.com", "https", "example.com", 443, null)]
    [InlineData("http://example.com:8080/base", "http", "example.com", 8080, "/base")]
    [InlineData("http://example.com/", "http", "example.com", 80, "/")]
    public void A_url_stands_for_protocol_host_port_and_path(string url, string protocol, string host, int port, string? path)
    {
        var service = Valid(EntityKinds.Services, $$"""{"url":"{{url}}"}""");

        Assert.Equal((protocol, host, port, path), ((string?)service["protocol"], (string?)service["host"], (int)service["port"]!, (string?)service["path"]));
        Assert.False(service.ContainsKey("url"));
    }

    [Theory]
    [InlineData(EntityKinds.Services, """{}""", "host: required field missing")]
    [InlineData(EntityKinds.Services, """{"host":"a","prot":"http"}""", "prot: unknown field (allowed: such as protocol)")]
    [InlineData(EntityKinds.Services, """{"host":"a","port":70000}""", "port: value should be between 0 and 65535")]
    [InlineData(EntityKinds.Services, """{"host":"a","port":"80"}""", "port: expected an integer")]
    [InlineData(EntityKinds.Services, """{"host":"a","path":"x"}""", "path: should start with: /")]
    [InlineData(EntityKinds.Services, """{"host":"a b"}""", "host: invalid hostname: a b")]
    [InlineData(EntityKinds.Services, """{"host":"a","name":"a b"}""", "name: invalid value 'a b': the only accepted ascii characters are alphanumerics or ., -, _, and ~")]
    [InlineData(EntityKinds.Services, """{"host":"a","protocol":"tcp"}""", "protocol: 'tcp' is not supported by this version (allowed: http, https, grpc, grpcs)")]
    [InlineData(EntityKinds.Services, """{"host":"a","tags":["a,b"]}""", "tags[0]: invalid tag 'a,b': expected printable characters except ',' and '/'")]
    [InlineData(EntityKinds.Services, """{"url":"ftp://a"}""", "url: expected a URL (allowed: http, https, grpc or grpcs, such as http://example.com:8080/base)")]
    [InlineData(EntityKinds.Routes, """{"paths":["x"]}""", "paths[0]: should start with: / (fixed path) or ~/ (regex path)")]
    [InlineData(EntityKinds.Routes, """{"paths":["/a"],"methods":["get"]}""", "methods[0]: invalid value: get")]
    [InlineData(EntityKinds.Routes, """{"paths":["/a"],"hosts":["*.*.com"]}""", "hosts[0]: invalid wildcard: must have at most one wildcard")]
    [InlineData(EntityKinds.Routes, """{"paths":["/a"],"hosts":["a.*.com"]}""", "hosts[0]: invalid wildcard: must be placed at leftmost or rightmost label")]
    [InlineData(EntityKinds.Routes, """{"paths":["/a"],"sources":[{"ip":"10.0.0.0/8"}]}""", "sources: not supported by this version")]
    [InlineData(EntityKinds.Routes, """{"protocols":["http"],"paths":["/a"],"snis":["a.example.com"]}""", "snis: 'snis' can only be set when 'protocols' is 'grpcs', 'https', 'tls' or 'tls_passthrough'")]
    [InlineData(EntityKinds.Routes, """{"snis":["*.example.com"]}""", "snis[0]: invalid hostname: *.example.com")]
    [InlineData(EntityKinds.Routes, """{"paths":["/a"],"https_redirect_status_code":418}""", "https_redirect_status_code: expected one of: 426, 301, 302, 307, 308")]
    [InlineData(EntityKinds.Routes, """{}""", "must set one of 'methods', 'hosts', 'headers', 'paths', 'snis' when 'protocols' is 'https'")]
    [InlineData(EntityKinds.Routes, """{"paths":["/a"],"protocols":["grpc"]}""", "strip_path: cannot set 'strip_path' when 'protocols' is 'grpc' or 'grpcs' (allowed: false)")]
    [InlineData(EntityKinds.Consumers, """{}""", "at least one of these fields must be non-empty: 'custom_id', 'username'")]
    [InlineData(EntityKinds.Upstreams, """{"name":"a","algorithm":"random"}""", "algorithm: expected one of: consistent-hashing, least-connections, round-robin, latency")]
    [InlineData(EntityKinds.Upstreams, """{"name":"a","hash_on":"header"}""", "hash_on_header: required field missing where 'hash_on' is 'header'")]
    [InlineData(EntityKinds.Upstreams, """{"name":"a","hash_on":"ip","hash_fallback":"cookie"}""", "hash_on_cookie: required field missing where 'hash_fallback' is 'cookie'")]
    [InlineData(EntityKinds.Upstreams, """{"name":"a","hash_on":"ip","hash_fallback":"query_arg"}""", "hash_fallback_query_arg: required field missing where 'hash_fallback' is 'query_arg'")]
    [InlineData(EntityKinds.Upstreams, """{"name":"a","hash_fallback":"ip"}""", "hash_fallback: expected one of: none, where 'hash_on' is 'none'")]
    [InlineData(EntityKinds.Upstreams, """{"name":"a","hash_on":"cookie","hash_on_cookie":"c","hash_fallback":"ip"}""", "hash_fallback: expected one of: none, where 'hash_on' is 'cookie'")]
    [InlineData(EntityKinds.Upstreams, """{"name":"a","hash_on":"path","hash_fallback":"path"}""", "hash_fallback: 'path' is what 'hash_on' has (allowed: none, consumer, ip, header, cookie, query_arg, uri_capture)")]
    [InlineData(EntityKinds.Upstreams, """{"name":"a","hash_on":"header","hash_on_header":"x","hash_fallback":"header","hash_fallback_header":"x"}""", "values of these fields must be distinct: 'hash_on_header', 'hash_fallback_header'")]
    [InlineData(EntityKinds.Upstreams, """{"name":"a","hash_on":"cookie","hash_on_cookie":"a b"}""", "hash_on_cookie: invalid cookie name 'a b', allowed are the characters of a token (RFC 9110)")]
    [InlineData(EntityKinds.Upstreams, """{"name":"a","slots":9}""", "slots: value should be between 10 and 65536")]
    [InlineData(EntityKinds.Upstreams, """{"name":"a","healthchecks":{"active":{"type":"udp"}}}""", "healthchecks.active.type: expected one of: tcp, http, https, grpc, grpcs")]
    [InlineData(EntityKinds.Upstreams, """{"name":"a","healthchecks":{"active":{"headers":{"x":["a\r\nb"]}}}}""", "healthchecks.active.headers.x[0]: control characters are not allowed")]
    [InlineData(EntityKinds.Upstreams, """{"name":"a","healthchecks":{"passive":{"unhealthy":{"http_failures":256}}}}""", "healthchecks.passive.unhealthy.http_failures: value should be between 0 and 255")]
    [InlineData(EntityKinds.Upstreams, """{"name":"a","healthchecks":{"threshold":101}}""", "healthchecks.threshold: value should be between 0 and 100")]
    [InlineData(EntityKinds.Targets, """{"target":"a:b:c","upstream":{"id":"11111111-1111-4111-8111-111111111111"}}""", "target: Invalid target; not a valid hostname or ip address")]
    [InlineData(EntityKinds.Plugins, """{"name":"key-auth","config":{"key_nams":["a"]}}""", "config.key_nams: unknown field")]
    [InlineData(EntityKinds.Plugins, """{"name":"rate-limiting"}""", "at least one of these fields must be non-empty: 'config.second', 'config.minute', 'config.hour', 'config.day', 'config.month', 'config.year'")]
    [InlineData(EntityKinds.Plugins, """{"name":"rate-limiting","config":{"minute":5,"second":10}}""", "config: The limit for minute(5.0) cannot be lower than the limit for second(10.0)")]
    [InlineData(EntityKinds.Plugins, """{"name":"rate-limiting","config":{"minute":5,"policy":"cluster"}}""", "config.policy: 'cluster' is not supported by this version (allowed: local, redis)")]
    [InlineData(EntityKinds.Plugins, """{"name":"request-termination","config":{"message":"a","body":"b"}}""", "config: message cannot be used with content_type or body")]
    [InlineData(EntityKinds.Services, """{"host":"a","name":"\ud800"}""", "name: invalid utf-8 character sequence detected")]
    [InlineData(EntityKinds.Services, """{"host":"a","id":"nonsense"}""", "id: expected a valid UUID")]
    [InlineData(EntityKinds.Services, """{"host":"a","port":1e400}""", "port: expected an integer")]
    [InlineData(EntityKinds.Services, """{"host":"a","tls_verify":true}""", "tls_verify: value must be null where 'protocol' is 'http'")]
    [InlineData(EntityKinds.Services, """{"host":"a","client_certificate":{"id":"11111111-1111-4111-8111-111111111111"}}""", "client_certificate: value must be null where 'protocol' is 'http'")]
    [InlineData(EntityKinds.Services, """{"host":"a","protocol":"https","ca_certificates":["x"]}""", "ca_certificates[0]: expected a valid UUID")]
    [InlineData(EntityKinds.Services, """{"host":"a","protocol":"https","tls_verify_depth":65}""", "tls_verify_depth: value should be between 0 and 64")]
    [InlineData(EntityKinds.Plugins, """{"name":"correlation-id","consumer":{"id":"11111111-1111-4111-8111-111111111111"},"consumer_group":{"id":"11111111-1111-4111-8111-111111111111"}}""", "only one or none of these fields must be set: 'consumer', 'consumer_group'")]
    [InlineData(EntityKinds.Plugins, """{"name":"key-auth","consumer_group":{"id":"11111111-1111-4111-8111-111111111111"}}""", "consumer_group: value must be null (allowed: null: this plugin finds out who the consumer is)")]
    [InlineData(EntityKinds.ConsumerGroups, """{}""", "name: required field missing")]
    [InlineData(EntityKinds.Snis, """{"name":"a.*.b","certificate":{"id":"11111111-1111-4111-8111-111111111111"}}""", "name: invalid wildcard: must be placed at leftmost or rightmost label")]
    [InlineData(EntityKinds.Snis, """{"name":"a:1","certificate":{"id":"11111111-1111-4111-8111-111111111111"}}""", "name: must not have a port")]
    [InlineData(EntityKinds.Vaults, """{"name":"env","prefix":"env"}""", "prefix: must not be one of: env, aws, azure, conjur, gcp, hcv")]
    [InlineData(EntityKinds.Vaults, """{"name":"aws","prefix":"my-aws"}""", "name: 'aws' is not supported by this version (allowed: env)")]
    [InlineData(EntityKinds.Vaults, """{"name":"env","prefix":"mine","config":{"prefix":"9x"}}""", "config.prefix: invalid value: 9x (allowed: letters, digits and '_', no digit first)")]
    [InlineData(EntityKinds.Keys, """{"kid":"a"}""", "at least one of these fields must be non-empty: 'jwk', 'pem'")]
    [InlineData(EntityKinds.Keys, """{"kid":"a","jwk":"{\"kid\":\"b\",\"kty\":\"RSA\"}"}""", "jwk: kid in jwk.kid must be equal to keys.kid")]
    [InlineData(EntityKinds.Keys, """{"kid":"a","jwk":"{\"kid\":\"a\",\"kid\":\"b\"}"}""", "jwk: could not json decode jwk string (allowed: a JSON object (RFC 7517))")]
    [InlineData(EntityKinds.BasicAuthCredentials, """{"username":"a","password":"$pbkdf2-sha256$x","consumer":{"id":"11111111-1111-4111-8111-111111111111"}}""", "password: is no hash, though it begins like one")]
    [InlineData(EntityKinds.JwtSecrets, """{"key":"a","consumer":{"id":"11111111-1111-4111-8111-111111111111"}}""", "secret: required field missing (allowed: a text, which 'HS256' needs)")]
    [InlineData(EntityKinds.JwtSecrets, """{"key":"a","algorithm":"RS256","rsa_public_key":"x","consumer":{"id":"11111111-1111-4111-8111-111111111111"}}""", "rsa_public_key: invalid key (allowed: an RSA public key in PEM)")]
    [InlineData(EntityKinds.Acls, """{"consumer":{"id":"11111111-1111-4111-8111-111111111111"}}""", "group: required field missing")]
    [InlineData(EntityKinds.Services, """{"url":"http://user:word@a/x"}""", "url: has parts that a service cannot have (allowed: protocol, host, port and path, such as http://example.com:8080/base)")]
    [InlineData(EntityKinds.Services, """{"url":"http://a/x?q=1"}""", "url: has parts that a service cannot have (allowed: protocol, host, port and path, such as http://example.com:8080/base)")]
    [InlineData(EntityKinds.Routes, """{"headers":{"x":[5]}}""", "headers.x[0]: expected a string")]
    [InlineData(EntityKinds.Routes, """{"headers":{"Host":["a"]}}""", "headers.Host: cannot contain 'host' header, which must be specified in the 'hosts' attribute")]
    [InlineData(EntityKinds.Routes, """{"paths":["/a"],"sources":[{"ip":"10.0.0.1"}]}""", "sources: not supported by this version")]
    [InlineData(EntityKinds.Routes, """{"paths":["/a"],"service":"x"}""", "service: expected a record (allowed: {\"id\": UUID})")]
    [InlineData(EntityKinds.Routes, """{"paths":["/a"],"service":{"id":"x"}}""", "service.id: expected a valid UUID")]
    [InlineData(EntityKinds.Routes, """{"paths":["/a"],"service":{"id":"11111111-1111-4111-8111-111111111111","name":"x"}}""", "service.name: unknown field (allowed: id)")]
    [InlineData(EntityKinds.Upstreams, """{"name":"10.0.0.1"}""", "name: Invalid name; no ip addresses allowed")]
    [InlineData(EntityKinds.Upstreams, """{"name":"a:80"}""", "name: Invalid name; no port allowed")]
    [InlineData(EntityKinds.Upstreams, """{"name":"a b"}""", "name: Invalid name; must be a valid hostname")]
    [InlineData(EntityKinds.Plugins, """{"name":5,"config":{"a":1}}""", "name: expected a string")]
    [InlineData(EntityKinds.Plugins, """{"name":"rate-limiting","config":{"minute":5,"redis":{"host":"r","sentinel_master":"m"}}}""", "config.redis.sentinel_master: not supported by this version")]
    [InlineData(EntityKinds.Plugins, """{"name":"request-termination","config":{"echo":true,"body":"b"}}""", "config: echo cannot be used with content_type and body")]
    public void What_is_wrong_is_named_with_what_is_allowed(string kind, string input, string expected)
    {
        Assert.Equal([expected], Errors(kind, input));
    }

    [Theory]
    [InlineData(@"~/a/(?P<id>\\d+)$")]
    [InlineData(@"~/[[:alpha:]]+$")]
    public void A_pattern_in_PCRE_is_accepted_where_the_data_plane_can_run_it(string path)
    {
        Valid(EntityKinds.Routes, $$"""{"paths":["{{path}}"]}""");
    }

    [Theory]
    [InlineData(@"~/a/(?R)$")]
    [InlineData(@"~/a/\\d++$")]
    [InlineData("~/a/($")]
    public void A_pattern_that_the_data_plane_could_not_run_is_refused(string path)
    {
        Assert.StartsWith("paths[0]: invalid regex: ", Assert.Single(Errors(EntityKinds.Routes, $$"""{"paths":["{{path}}"]}""")), StringComparison.Ordinal);
    }

    [Fact]
    public void All_errors_are_reported_at_once()
    {
        Assert.Equal(3, Errors(EntityKinds.Services, """{"port":-1,"protocol":"x"}""").Count);
    }

    [Fact]
    public void A_plugin_gets_its_configs_defaults()
    {
        var plugin = Valid(EntityKinds.Plugins, """{"name":"key-auth"}""");

        Assert.Equal("""["apikey"]""", plugin["config"]!["key_names"]!.ToJsonString());
        Assert.False((bool?)plugin["config"]!["key_in_body"]);
    }

    [Fact]
    public void A_plugin_that_finds_the_consumer_cannot_be_limited_to_one()
    {
        Assert.StartsWith("consumer: value must be null", Assert.Single(Errors(EntityKinds.Plugins, $$"""{"name":"key-auth","consumer":{{Reference}}}""")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_target_without_a_port_gets_8000()
    {
        Assert.Equal("example.com:8000", (string?)Valid(EntityKinds.Targets, $$"""{"target":"example.com","upstream":{{Reference}}}""")["target"]);
    }

    [Fact]
    public void An_update_keeps_what_it_does_not_name_and_null_goes_back_to_the_default()
    {
        var existing = Valid(EntityKinds.Services, """{"name":"a","host":"example.com","port":8080,"path":"/x","retries":9}""");

        var updated = Valid(EntityKinds.Services, """{"path":null,"retries":null,"host":"other.com"}""", NormaliseMode.Update, existing);

        Assert.Equal(("a", "other.com", 8080, 5), ((string?)updated["name"], (string?)updated["host"], (int)updated["port"]!, (int)updated["retries"]!));
        Assert.Null(updated["path"]);
        Assert.Equal((string?)existing["id"], (string?)updated["id"]);
    }

    [Fact]
    public void An_update_merges_a_plugins_config_field_by_field()
    {
        var existing = Valid(EntityKinds.Plugins, """{"name":"rate-limiting","config":{"minute":5,"hour":100}}""");

        var updated = Valid(EntityKinds.Plugins, """{"config":{"hour":200}}""", NormaliseMode.Update, existing);

        Assert.Equal((5, 200), ((int)updated["config"]!["minute"]!, (int)updated["config"]!["hour"]!));
    }

    [Fact]
    public void Normalising_again_changes_nothing_but_the_time()
    {
        foreach (var (kind, input) in ((string, string)[])[
            (EntityKinds.Services, """{"name":"a","host":"example.com"}"""),
            (EntityKinds.Routes, """{"paths":["~/a(b)?$"],"headers":{"x-a":["1","2"]}}"""),
            (EntityKinds.Upstreams, """{"name":"a"}"""),
            (EntityKinds.Plugins, """{"name":"rate-limiting","config":{"minute":5}}""")])
        {
            var once = Valid(kind, input);
            var twice = Valid(kind, once.ToJsonString());
            once.Remove("updated_at");
            twice.Remove("updated_at");
            Assert.Equal(once.ToJsonString(), twice.ToJsonString());
        }
    }

    [Fact]
    public void Errors_are_written_as_Kong_writes_them()
    {
        var errors = EntitySchemas.For(EntityKinds.Routes).Normalise(
            (JsonObject)JsonNode.Parse("""{"paths":["/a","x"],"strip_path":1}""")!, NormaliseMode.Insert, null, TimeProvider.System).Errors;

        var body = KongError.SchemaViolation(errors);

        Assert.Equal(
            """{"message":"2 schema violations (paths.2: should start with: / (fixed path) or ~/ (regex path); strip_path: expected a boolean)","name":"schema violation","code":2,"fields":{"paths":[null,"should start with: / (fixed path) or ~/ (regex path)"],"strip_path":"expected a boolean"}}""",
            body.ToJsonString(new System.Text.Json.JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
    }

    [Fact]
    public void What_concerns_the_whole_entity_comes_first_and_in_a_list_of_its_own()
    {
        var body = KongError.SchemaViolation([new ModelError("host", "required field missing"), new ModelError(ModelError.Entity, "one"), new ModelError(ModelError.Entity, "two")]);

        Assert.Equal("3 schema violations (one; two; host: required field missing)", (string?)body["message"]);
        Assert.Equal("""{"host":"required field missing","@entity":["one","two"]}""", body["fields"]!.ToJsonString());
    }

    // Names of unknown fields come from the client.
    [Theory]
    [InlineData("", """{"":"unknown field"}""")]
    [InlineData("[x]", """{"[x]":"unknown field"}""")]
    [InlineData("a[", """{"a[":"unknown field"}""")]
    [InlineData("a[-1]", """{"a[-1]":"unknown field"}""")]
    [InlineData("a[9999999]", """{}""")]
    [InlineData("a[99999999999999999999]", """{"a[99999999999999999999]":"unknown field"}""")]
    public void No_name_of_a_field_breaks_the_answer(string name, string fields)
    {
        Assert.Equal(fields, KongError.SchemaViolation([new ModelError(name, "unknown field")])["fields"]!.ToJsonString());
    }

    [Fact]
    public void A_deep_name_of_a_field_makes_no_deep_answer()
    {
        var body = KongError.SchemaViolation([new ModelError(string.Join('.', Enumerable.Repeat("a", 5000)), "unknown field")]);

        Assert.Contains("unknown field", body.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_field_that_is_wrong_itself_and_inside_keeps_both_errors()
    {
        var outerFirst = KongError.Fields([new ModelError("config", "outer"), new ModelError("config.minute", "inner")]);
        var innerFirst = KongError.Fields([new ModelError("config.minute", "inner"), new ModelError("config", "outer")]);

        Assert.Equal("""{"config":{"@entity":["outer"],"minute":"inner"}}""", outerFirst.ToJsonString());
        Assert.Equal("""{"config":{"minute":"inner","@entity":["outer"]}}""", innerFirst.ToJsonString());
    }

    [Fact]
    public void A_set_keeps_the_first_of_equal_values()
    {
        Assert.Equal("""["GET","POST"]""", Valid(EntityKinds.Routes, """{"paths":["/a"],"methods":["GET","POST","GET"]}""")["methods"]!.ToJsonString());
    }

    [Fact]
    public void An_integer_is_kept_without_fraction_and_exponent()
    {
        var service = Valid(EntityKinds.Services, """{"host":"a","port":80.0,"retries":1e1}""");

        Assert.Equal(("80", "10"), (service["port"]!.ToJsonString(), service["retries"]!.ToJsonString()));
        Assert.Equal(80, JsonSerializer.Deserialize(service, ModelJson.Default.Service)!.Port);
    }

    [Fact]
    public void An_id_has_one_spelling_and_an_exported_time_loses_its_fraction()
    {
        var service = Valid(EntityKinds.Services, """{"host":"a","id":"0F8FAD5B-D9CB-469F-A165-70867728950E","created_at":1700000000.123}""");

        Assert.Equal("0f8fad5b-d9cb-469f-a165-70867728950e", (string?)service["id"]);
        Assert.Equal("1700000000", service["created_at"]!.ToJsonString());
    }

    [Fact]
    public void A_plugin_may_read_a_header_of_any_name()
    {
        Assert.Equal("""["host"]""", Valid(EntityKinds.Plugins, """{"name":"key-auth","config":{"key_names":["host"]}}""")["config"]!["key_names"]!.ToJsonString());
    }

    [Fact]
    public void What_is_not_served_may_be_absent_in_any_way()
    {
        Valid(EntityKinds.Routes, """{"paths":["/a"],"snis":null,"sources":[],"destinations":null}""");
        Valid(EntityKinds.Services, """{"host":"a","client_certificate":null,"ca_certificates":[]}""");
        Valid(EntityKinds.Plugins, """{"name":"key-auth","consumer_group":null,"ordering":null}""");
    }

    private static JsonObject Valid(string kind, string input, NormaliseMode mode = NormaliseMode.Insert, JsonObject? existing = null)
    {
        var result = EntitySchemas.For(kind).Normalise((JsonObject)JsonNode.Parse(input)!, mode, existing, TimeProvider.System);
        Assert.Empty(result.Errors);
        return result.Entity!;
    }

    private static List<string> Errors(string kind, string input) =>
        [.. EntitySchemas.For(kind).Normalise((JsonObject)JsonNode.Parse(input)!, NormaliseMode.Insert, null, TimeProvider.System).Errors.Select(error => error.ToString())];
}
