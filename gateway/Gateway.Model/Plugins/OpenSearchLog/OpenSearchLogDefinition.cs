using System.Text.Json.Nodes;
using Gateway.Model.Schemas;

namespace Gateway.Model.Plugins.OpenSearchLog;

/// <summary>Not one of Kong's: fields are named as those of <c>http-log</c>.</summary>
internal static class OpenSearchLogDefinition
{
    private const int Megabyte = 1024 * 1024;

    public static PluginDefinition Create() => new PluginDefinition<OpenSearchLogConfig>
    {
        Name = "opensearch-log",
        Version = "1.0.0",
        Priority = 12,
        Fields =
        [
            Field.Text("endpoint") with { Required = true, Referenceable = true, Check = value => UrlProblem(value.GetValue<string>()) },
            Field.Text("data_stream") with { Check = value => IndexProblem(value.GetValue<string>()) },
            Field.Text("index") with { Check = value => IndexProblem(value.GetValue<string>()) },
            Field.Choice("auth", "aws", "aws", "basic", "none"),
            Field.Text("region") with { Referenceable = true },
            Field.Choice("service", "es", "es", "aoss"),
            Field.Text("username") with { Referenceable = true },
            Field.Text("password") with { Secret = true, Referenceable = true },
            Field.Choice("compression", "gzip", "gzip", "none"),
            Field.Integer("max_request_bytes", 5 * Megabyte, 64 * 1024, 10 * Megabyte),
            Field.Number("timeout", 10_000, 1, 120_000),
            Field.Flag("setup", false),
            Field.Integer("retention_days", 30, 1, 3650),
            Field.Text("buffer_path") with { Check = value => PathProblem(value.GetValue<string>()) },
            Field.Integer("buffer_max_bytes", 256 * Megabyte, Megabyte, 1024L * 1024 * Megabyte),
            QueueFields.Create() with { Fields = [.. QueueFields.Create().Fields.Select(WithBatches)] },
        ],
        Checks = [RequireCredentials, OneTarget],
    };

    // One record per request would be the most expensive way to use the bulk API.
    private static FieldSchema WithBatches(FieldSchema field) => field.Name == "max_batch_size" ? field with { Default = 500 } : field;

    private static string? UrlProblem(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed.Scheme is "http" or "https" && parsed.UserInfo.Length == 0 && parsed.PathAndQuery == "/"
            ? null
            : "expected an http or https URL without path, query or user";

    // OpenSearch, "Index naming restrictions".
    private static string? IndexProblem(string name) =>
        name.Length <= 255 && char.IsAsciiLetterLower(name[0]) && name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '-' or '_' or '.')
            ? null
            : "expected lower-case letters, digits, -, _ and ., beginning with a letter, 255 at most";

    private static string? PathProblem(string path) => path.StartsWith('/') && !path.Any(char.IsControl) ? null : "expected an absolute path";

    private static IEnumerable<ModelError> RequireCredentials(JsonObject config)
    {
        if ((string?)config["auth"] is "aws" && config["region"] is null)
        {
            yield return new ModelError("region", "is required by auth aws", "such as eu-central-1");
        }

        if ((string?)config["auth"] is "basic" && (config["username"] is null || config["password"] is null))
        {
            yield return new ModelError(config["username"] is null ? "username" : "password", "is required by auth basic");
        }
    }

    private static IEnumerable<ModelError> OneTarget(JsonObject config)
    {
        if (config["index"] is not null && config["data_stream"] is not null)
        {
            yield return new ModelError("index", "must not be set together with data_stream");
        }
    }
}
