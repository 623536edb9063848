using Gateway.DataPlane.Pipeline;
using Gateway.Model.Plugins.RequestSizeLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Gateway.Plugins.RequestSizeLimiting;

/// <summary>Kong's <c>request-size-limiting</c>. A body that does not say its length is counted on its way and cut off at the limit, instead of being held until it is whole.</summary>
internal sealed class RequestSizeLimitingPlugin : PluginInstance
{
    private const string TooLarge = "Request size limit exceeded";

    private static readonly GatewayResponse LengthRequired = GatewayResponse.Error(StatusCodes.Status411LengthRequired, "A valid Content-Length header is required");
    private static readonly GatewayResponse PayloadTooLarge = GatewayResponse.Error(StatusCodes.Status413PayloadTooLarge, TooLarge);
    private static readonly GatewayResponse ExpectationFailed = GatewayResponse.Error(StatusCodes.Status417ExpectationFailed, TooLarge);

    private readonly long _limit;
    private readonly bool _requireLength;

    public RequestSizeLimitingPlugin(RequestSizeLimitingConfig config)
        : base(new PluginPhases { Access = PhaseMode.Inline })
    {
        _requireLength = config.RequireContentLength;
        _limit = config.AllowedPayloadSize * config.SizeUnit switch
        {
            "bytes" => 1L,
            "kilobytes" => 1024L,
            _ => 1024L * 1024L,
        };
    }

    public override ValueTask<GatewayResponse?> AccessAsync(RequestContext context)
    {
        var request = context.Http.Request;
        if (request.ContentLength is { } length)
        {
            return length <= _limit ? default : new(IsExpectingContinue(request) ? ExpectationFailed : PayloadTooLarge);
        }

        if (_requireLength)
        {
            return new(LengthRequired);
        }

        if (context.Http.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody is not false)
        {
            request.Body = new LimitedBody(request.Body, _limit, static () => new RequestRefusedException(PayloadTooLarge));
        }

        return default;
    }

    private static bool IsExpectingContinue(HttpRequest request) =>
        request.Headers.Expect is [{ } expect, ..] && expect.AsSpan().Trim().Equals("100-continue", StringComparison.OrdinalIgnoreCase);
}
