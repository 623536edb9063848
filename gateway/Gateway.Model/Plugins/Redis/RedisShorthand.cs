using System.Globalization;
using System.Text.Json.Nodes;
using Gateway.Model.Schemas;

namespace Gateway.Model.Plugins.Redis;

/// <summary>Kong's older spellings of the <c>redis</c> record, which its exports still hold beside the newer ones: where both are said, the newer one counts.</summary>
internal static class RedisShorthand
{
    private const string Record = "redis";

    // Before Kong 3.6 the record was flat.
    private static readonly (string Older, string Newer)[] Flat =
    [
        ("redis_host", "host"), ("redis_port", "port"), ("redis_timeout", "timeout"), ("redis_username", "username"), ("redis_password", "password"),
        ("redis_database", "database"), ("redis_ssl", "ssl"), ("redis_ssl_verify", "ssl_verify"), ("redis_server_name", "server_name"),
    ];

    // Before Kong 3.8 nodes were addresses.
    private static readonly (string Older, string Newer, string Host)[] Addresses =
    [
        ("cluster_addresses", "cluster_nodes", "ip"), ("sentinel_addresses", "sentinel_nodes", "host"),
    ];

    public static void Apply(JsonObject config)
    {
        foreach (var (older, newer) in Flat)
        {
            if (config.Remove(older, out var value) && value is not null && (config[Record] ??= new JsonObject()) is JsonObject redis)
            {
                redis[newer] ??= value;
            }
        }

        if (config[Record] is not JsonObject record)
        {
            return;
        }

        foreach (var (older, newer, host) in Addresses)
        {
            if (record.Remove(older, out var value) && value is JsonArray { Count: > 0 } addresses)
            {
                record[newer] ??= new JsonArray([.. addresses.Select(address => Node(address, host))]);
            }
        }
    }

    // What is no address is left as it is, for the schema to refuse.
    private static JsonNode? Node(JsonNode? address, string host)
    {
        if (JsonText.Of(address) is not { } text)
        {
            return address?.DeepClone();
        }

        var (name, port) = Texts.SplitPort(text);
        var node = new JsonObject { [host] = name };
        if (port is not null)
        {
            node["port"] = int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : port;
        }

        return node;
    }
}
