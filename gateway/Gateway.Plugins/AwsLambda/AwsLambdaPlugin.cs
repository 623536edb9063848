using Amazon.Runtime;
using Gateway.DataPlane.Pipeline;
using Gateway.Model.Plugins.AwsLambda;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace Gateway.Plugins.AwsLambda;

/// <summary>Kong's <c>aws-lambda</c>: invokes a function by Lambda's API, and answers with its result.</summary>
internal sealed class AwsLambdaPlugin : PluginInstance
{
    private const string FunctionError = "X-Amz-Function-Error";
    private static readonly string[] Passed = [FunctionError, "X-Amz-Executed-Version", "X-Amz-Log-Result", "x-amzn-RequestId", "X-Amzn-Trace-Id"];
    private static readonly GatewayResponse Failed = GatewayResponse.Error(StatusCodes.Status500InternalServerError, "An unexpected error occurred");
    private static readonly GatewayResponse TimedOut = GatewayResponse.Error(StatusCodes.Status504GatewayTimeout, "The function did not answer in time");
    private static readonly GatewayResponse BadGateway = GatewayResponse.Error(StatusCodes.Status502BadGateway, "Bad Gateway");

    private readonly AwsLambdaConfig _config;
    private readonly InvocationPayload _payload;
    private readonly HttpClient _http;
    private readonly Uri _address;
    private readonly ILogger _logger;

    /// <param name="http">Signs. Its idle connections end by themselves.</param>
    public AwsLambdaPlugin(AwsLambdaConfig config, Uri endpoint, HttpClient http, TimeProvider time, ILogger<AwsLambdaPlugin> logger)
        : base(new PluginPhases { Access = PhaseMode.Offloaded })
    {
        _config = config;
        _http = http;
        _logger = logger;
        _payload = new InvocationPayload(config, time);
        var qualifier = config.Qualifier is { } version ? "?Qualifier=" + Uri.EscapeDataString(version) : string.Empty;
        _address = new Uri(endpoint, $"/2015-03-31/functions/{Uri.EscapeDataString(config.FunctionName)}/invocations{qualifier}");
    }

    public override async ValueTask<GatewayResponse?> AccessAsync(RequestContext context)
    {
        var http = context.Http;
        ReadOnlyMemory<byte> body = default;
        if (InvocationPayload.ReadsBody(http.Request))
        {
            if (await BufferedBody.ReadAsync(http) is { } read)
            {
                body = read;
            }
            else
            {
                AwsLambdaLog.BodyTooLong(_logger, _config.FunctionName, context.RequestId);
            }
        }

        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, _address) { Content = new ByteArrayContent(_payload.Create(context, body)) };
            request.Content.Headers.ContentType = new("application/x-amz-json-1.1");
            request.Headers.TryAddWithoutValidation("X-Amz-Invocation-Type", _config.InvocationType);
            request.Headers.TryAddWithoutValidation("X-Amz-Log-Type", _config.LogType);
            using var response = await _http.SendAsync(request, http.RequestAborted);
            return await AnswerAsync(context, response);
        }
        catch (TaskCanceledException late) when (late.InnerException is TimeoutException)
        {
            AwsLambdaLog.Failed(_logger, _config.FunctionName, "no answer in time", context.RequestId);
            return TimedOut;
        }
        catch (Exception failure) when (failure is HttpRequestException or AmazonClientException)
        {
            AwsLambdaLog.Failed(_logger, _config.FunctionName, failure.Message, context.RequestId);
            return Failed;
        }
    }

    private async Task<GatewayResponse> AnswerAsync(RequestContext context, HttpResponseMessage response)
    {
        var payload = await response.Content.ReadAsByteArrayAsync(context.Http.RequestAborted);
        if ((int)response.StatusCode >= 400)
        {
            // Lambda's own refusal: who calls learns no more of our account than that.
            AwsLambdaLog.Refused(_logger, _config.FunctionName, (int)response.StatusCode, ErrorType(response), context.RequestId);
            return (int)response.StatusCode is 429 ? GatewayResponse.Error(StatusCodes.Status429TooManyRequests, "Too Many Requests") : Failed;
        }

        var isFailed = response.Headers.Contains(FunctionError);
        if (_config.IsProxyIntegration && _config.InvocationType == "RequestResponse")
        {
            string? problem = null;
            var result = isFailed ? null : FunctionResult.Read(payload, out problem);
            if (result is null && !(isFailed && _config.UnhandledStatus is not null))
            {
                AwsLambdaLog.Failed(_logger, _config.FunctionName, problem ?? "the function failed", context.RequestId);
                return BadGateway;
            }

            if (result is not null)
            {
                return result;
            }
        }

        return new GatewayResponse(isFailed && _config.UnhandledStatus is { } status ? status : (int)response.StatusCode)
        {
            Body = payload,
            ContentType = payload.Length == 0 ? null : response.Content.Headers.ContentType?.ToString() ?? "application/json",
            Headers = [.. response.Headers.Where(static header => Passed.Contains(header.Key, StringComparer.OrdinalIgnoreCase)).Select(static header => KeyValuePair.Create(header.Key, new StringValues([.. header.Value])))],
        };
    }

    private static string ErrorType(HttpResponseMessage response) =>
        response.Headers.TryGetValues("X-Amzn-ErrorType", out var types) ? new([.. types.First().TakeWhile(char.IsAsciiLetterOrDigit)]) : "no reason given";
}
