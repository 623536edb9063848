using System.Text.Json.Nodes;
using Gateway.Model.Schemas;

namespace Gateway.Model.Plugins.AwsLambda;

internal static class AwsLambdaDefinition
{
    // Lambda, "Quotas": a function's longest run.
    private const int LongestRun = 900_000;

    public static PluginDefinition Create() => new PluginDefinition<AwsLambdaConfig>
    {
        Name = "aws-lambda",
        Version = "1.0.0",
        Priority = 750,
        Fields =
        [
            Field.Number("timeout", 60_000, 1, LongestRun),
            Field.Number("keepalive", 60_000, 1, int.MaxValue),
            Field.Text("aws_key") with { Secret = true, Referenceable = true },
            Field.Text("aws_secret") with { Secret = true, Referenceable = true },
            Field.Text("aws_assume_role_arn") with { Referenceable = true, Check = value => ArnProblem(value.GetValue<string>()) },
            Field.Text("aws_role_session_name", "kong"),
            Unsupported.Field("aws_sts_endpoint_url", FieldType.String),
            Field.Text("aws_region") with { Check = value => value.GetValue<string>().All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '-') ? null : "expected a region, such as eu-central-1" },
            Field.Text("function_name") with { Required = true },
            Field.Text("qualifier"),
            Field.Choice("invocation_type", "RequestResponse", "RequestResponse", "Event", "DryRun"),
            Field.Choice("log_type", "Tail", "Tail", "None"),
            Field.Text("host") with { Check = value => Texts.HostProblem(value.GetValue<string>()) },
            Field.Integer("port", 443, 1, 65_535),
            Field.Flag("disable_https", false),
            Field.Integer("unhandled_status", null, 100, 999),
            Field.Flag("forward_request_method", false),
            Field.Flag("forward_request_uri", false),
            Field.Flag("forward_request_headers", false),
            Field.Flag("forward_request_body", false),
            Field.Flag("is_proxy_integration", false),
            Field.Flag("awsgateway_compatible", false),
            Field.Choice("awsgateway_compatible_payload_version", "1.0", "1.0", "2.0"),
            Unsupported.Field("proxy_url", FieldType.String),
            Field.Flag("skip_large_bodies", true) with { Check = value => value.GetValue<bool>() ? null : "not supported by this version: bodies of more than 1 MiB are not sent" },
            Field.Flag("base64_encode_body", true),
            new FieldSchema("aws_imds_protocol_version", FieldType.String)
            {
                // The SDK asks as IMDSv2 wants it, whatever is said here.
                OneOf = ["v1", "v2"],
                Remark = "no effect: IMDSv2 is tried first",
            },
            Field.Choice("empty_arrays_mode", "legacy", "legacy", "correct") with { Remark = "no effect: results are passed on as they are, empty lists too" },
        ],
        Checks = [PairKeys],
    };

    private static string? ArnProblem(string arn) =>
        arn.StartsWith("{vault://", StringComparison.Ordinal) || (arn.StartsWith("arn:aws", StringComparison.Ordinal) && arn.Contains(":iam::", StringComparison.Ordinal) && arn.Contains(":role/", StringComparison.Ordinal))
            ? null
            : "expected a role's ARN, such as arn:aws:iam::111122223333:role/invoker";

    private static IEnumerable<ModelError> PairKeys(JsonObject config)
    {
        if (config["aws_key"] is null != config["aws_secret"] is null)
        {
            yield return new ModelError(config["aws_key"] is null ? "aws_key" : "aws_secret", "must be set together with the other of aws_key and aws_secret");
        }
    }
}
