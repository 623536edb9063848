namespace Gateway.Model.Plugins.AwsLambda;

/// <summary>Kong's <c>aws-lambda</c>: a function of AWS Lambda answers the request, and no upstream is asked.</summary>
public sealed record AwsLambdaConfig
{
    /// <summary>Milliseconds for the function's answer, 1 to 900000: no function runs longer.</summary>
    public double Timeout { get; init; } = 60_000;

    /// <summary>Milliseconds that an idle connection is kept.</summary>
    public double Keepalive { get; init; } = 60_000;

    /// <summary>Null for AWS's default credential chain.</summary>
    public string? AwsKey { get; init; }

    public string? AwsSecret { get; init; }

    /// <summary>A role to assume before the function is invoked.</summary>
    public string? AwsAssumeRoleArn { get; init; }

    public string AwsRoleSessionName { get; init; } = "kong";

    /// <summary>Null for the environment's <c>AWS_REGION</c>.</summary>
    public string? AwsRegion { get; init; }

    /// <summary>Name, partial or whole ARN.</summary>
    public string FunctionName { get; init; } = string.Empty;

    /// <summary>A version or alias.</summary>
    public string? Qualifier { get; init; }

    /// <summary><c>RequestResponse</c>, <c>Event</c> or <c>DryRun</c>.</summary>
    public string InvocationType { get; init; } = "RequestResponse";

    /// <summary><c>Tail</c> or <c>None</c>.</summary>
    public string LogType { get; init; } = "Tail";

    /// <summary>In place of the region's endpoint.</summary>
    public string? Host { get; init; }

    public int Port { get; init; } = 443;

    public bool DisableHttps { get; init; }

    /// <summary>The status where the function failed; null for 200, as Lambda itself has it.</summary>
    public int? UnhandledStatus { get; init; }

    public bool ForwardRequestMethod { get; init; }

    public bool ForwardRequestUri { get; init; }

    public bool ForwardRequestHeaders { get; init; }

    public bool ForwardRequestBody { get; init; }

    /// <summary>Whether the function's result says status, headers and body.</summary>
    public bool IsProxyIntegration { get; init; }

    /// <summary>Whether the function gets the request as API Gateway would send it.</summary>
    public bool AwsgatewayCompatible { get; init; }

    /// <summary><c>1.0</c> or <c>2.0</c>.</summary>
    public string AwsgatewayCompatiblePayloadVersion { get; init; } = "1.0";

    /// <summary>Whether forwarded bodies are Base64.</summary>
    public bool Base64EncodeBody { get; init; } = true;
}
