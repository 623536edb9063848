using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Hybrid.Infra.Validation;

namespace Hybrid.Infra.Search;

/// <summary>
/// What the search domain holds inside of itself for the request logs, as <c>gateway search-setup</c> takes it: who may write and read them, how long they stay, what their indices are like.
/// </summary>
public sealed record RequestLogSetup
{
    /// <summary>The data stream that data planes write.</summary>
    public const string DataStream = "gateway-requests";

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The roles of the data planes, by ARN: they write, and read nothing.</summary>
    public required ImmutableArray<string> Writers { get; init; }

    /// <summary>Days that a request stays, 1 to 3650.</summary>
    public required int Retention { get; init; }

    /// <summary>The file. The same setup is the same text.</summary>
    public string ToJson()
    {
        Validate();
        return JsonSerializer.Serialize(
            new
            {
                roles = new Dictionary<string, object>(StringComparer.Ordinal) { ["gateway-logs-writer"] = Writer(), ["gateway-logs-reader"] = Reader() },
                role_mappings = new Dictionary<string, object>(StringComparer.Ordinal) { ["gateway-logs-writer"] = new { backend_roles = Writers } },
                policies = new Dictionary<string, object>(StringComparer.Ordinal) { [DataStream] = Lifecycle() },
                index_templates = new Dictionary<string, object>(StringComparer.Ordinal) { [DataStream] = Template() },
            },
            Json);
    }

    internal static string DigestOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..10];

    private void Validate()
    {
        Check.That(!Writers.IsDefaultOrEmpty, "writers", "none was given", "at least one role");
        Check.InRange(Retention, 1, 3650, "retention");
    }

    // The stream is made by the first write to it, which is a permission of its own.
    private static object Writer() => new
    {
        cluster_permissions = new[] { "indices:data/write/bulk" },
        index_permissions = new[]
        {
            new
            {
                index_patterns = new[] { DataStream, $".ds-{DataStream}-*" },
                allowed_actions = new[] { "indices:data/write/index", "indices:data/write/bulk*", "indices:admin/auto_create", "indices:admin/mapping/put" },
            },
        },
    };

    private static object Reader() => new
    {
        cluster_permissions = new[] { "cluster_composite_ops_ro" },
        index_permissions = new[] { new { index_patterns = new[] { DataStream, $".ds-{DataStream}-*" }, allowed_actions = new[] { "read", "indices:admin/mappings/get", "indices:admin/resolve/index" } } },
    };

    // A second copy wherever there is a second node to keep it.
    private static object Template() => new
    {
        index_patterns = new[] { DataStream },
        data_stream = new { timestamp_field = new { name = "@timestamp" } },
        priority = 200,
        template = new
        {
            settings = new { number_of_shards = 1, auto_expand_replicas = "0-1" },
            mappings = new { properties = new Dictionary<string, object>(StringComparer.Ordinal) { ["@timestamp"] = new { type = "date" } } },
        },
    };

    private object Lifecycle() => new
    {
        description = $"Request logs: a new index each day or 30 GB, deleted after {Retention} days",
        default_state = "hot",
        states = new object[]
        {
            new
            {
                name = "hot",
                actions = new[] { new { rollover = new { min_index_age = "1d", min_primary_shard_size = "30gb" } } },
                transitions = new[] { new { state_name = "delete", conditions = new { min_index_age = $"{Retention}d" } } },
            },
            new { name = "delete", actions = new[] { new { delete = new { } } }, transitions = Array.Empty<object>() },
        },
        ism_template = new[] { new { index_patterns = new[] { DataStream }, priority = 100 } },
    };
}
