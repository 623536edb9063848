using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Hybrid.Benchmarks.Plugins;

/// <summary>Every plugin that a request with an upstream passes, alone, and three chains as users have them.</summary>
internal static class Contestants
{
    public const string SharedCounter = "rate-limiting (redis)";
    public const string None = "none";

    private const string Secret = "a secret of thirty-two characters";
    private const string Limit = "1000000000";

    /// <summary>The consumer of all of them.</summary>
    public static string Consumers => $$"""
        - username: bench
          keyauth_credentials: [{ key: bench-key }]
          basicauth_credentials: [{ username: bench, password: bench-password }]
          jwt_secrets: [{ key: bench, algorithm: HS256, secret: "{{Secret}}" }]
          acls: [{ group: bench }]
        """;

    /// <param name="redis">The port of a Redis.</param>
    /// <param name="upstream">The port of what answers everything, logs as well.</param>
    public static IReadOnlyList<Contestant> All(int redis, int upstream)
    {
        var key = "{ name: key-auth }";
        var jwt = "{ name: jwt }";
        var local = $"{{ name: rate-limiting, config: {{ minute: {Limit}, policy: local }} }}";
        var shared = $"{{ name: rate-limiting, config: {{ minute: {Limit}, policy: redis, redis: {{ host: 127.0.0.1, port: {redis} }} }} }}";
        var correlation = "{ name: correlation-id, config: { echo_downstream: true } }";
        var acl = "{ name: acl, config: { allow: [bench] } }";
        var transform = "{ name: request-transformer, config: { add: { headers: [\"X-One:1\"] }, remove: { headers: [X-Two] } } }";
        var respond = "{ name: response-transformer, config: { add: { headers: [\"X-One:1\"] } } }";
        var cors = "{ name: cors, config: { origins: [\"https://example.com\"] } }";
        var bots = "{ name: bot-detection }";
        var addresses = "{ name: ip-restriction, config: { allow: [127.0.0.0/8] } }";
        var cache = "{ name: proxy-cache, config: { strategy: memory, content_type: [application/json] } }";
        var httpLog = $"{{ name: http-log, config: {{ http_endpoint: \"http://127.0.0.1:{upstream}/log\", queue: {{ max_batch_size: 1000, max_entries: 100000 }} }} }}";
        string[] withKey = ["apikey: bench-key"];
        string[] withToken = ["Authorization: Bearer " + Token()];
        return
        [
            new(None),
            new("key-auth", key) { Headers = withKey },
            new("basic-auth", "{ name: basic-auth }") { Headers = ["Authorization: Basic " + Convert.ToBase64String("bench:bench-password"u8)] },
            new("jwt", jwt) { Headers = withToken },
            new("key-auth and acl", key, acl) { Headers = withKey },
            new("ip-restriction", addresses),
            new("bot-detection", bots),
            new("cors", cors),
            new("request-size-limiting", "{ name: request-size-limiting }"),
            new("rate-limiting (local)", local),
            new(SharedCounter, shared),
            new("rate-limiting-advanced (local, sliding)", $"{{ name: rate-limiting-advanced, config: {{ limit: [{Limit}], window_size: [60], window_type: sliding, strategy: local, identifier: ip }} }}"),
            new("correlation-id", correlation),
            new("request-transformer", transform),
            new("response-transformer", respond),
            new("proxy-cache (memory, hit)", cache),
            new("file-log", "{ name: file-log, config: { path: /dev/null } }"),
            new("http-log", httpLog),
            new("opentelemetry (not recorded)", $"{{ name: opentelemetry, config: {{ traces_endpoint: \"http://127.0.0.1:{upstream}/v1/traces\", sampling_rate: 0 }} }}"),
            new("opentelemetry (recorded)", $"{{ name: opentelemetry, config: {{ traces_endpoint: \"http://127.0.0.1:{upstream}/v1/traces\", sampling_rate: 1, queue: {{ max_batch_size: 1000, max_entries: 100000 }} }} }}"),
            new("chain: a public API", key, acl, local, correlation) { Headers = withKey },
            new("chain: a partner", jwt, shared, transform, httpLog) { Headers = withToken },
            new("chain: an edge", addresses, bots, cors, cache, respond),
        ];
    }

    private static string Token()
    {
        var signed = Base64Url.EncodeToString("""{"alg":"HS256","typ":"JWT"}"""u8) + "." + Base64Url.EncodeToString("""{"iss":"bench"}"""u8);
        return signed + "." + Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.ASCII.GetBytes(signed)));
    }
}
