using Gateway.DataPlane.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Gateway.DataPlane.Forwarding;

/// <summary>How long a request's and a response's body are: what their headers say, or counted where these do not.</summary>
internal sealed class BodyBytes
{
    private Counter? _request;
    private Counter? _response;
    private long _requestLength;
    private long _responseLength;
    private Stream? _requestBody;

    public long Request => _request?.Value ?? _requestLength;

    public long Response => _response?.Value ?? _responseLength;

    public static bool CanHaveBody(HttpContext http) => http.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody ?? true;

    /// <summary>Before anything reads the request's body.</summary>
    public void BeginRequest(HttpContext http)
    {
        if (http.Request.ContentLength is { } length)
        {
            _requestLength = length;
            _requestBody = length > 0 ? http.Request.Body : null;
        }
        else if (CanHaveBody(http))
        {
            _request = new Counter();
            http.Request.Body = new CountingStream(http.Request.Body, _request);
            _requestBody = http.Request.Body;
        }
    }

    /// <summary>Whether the body is still the client's: no plugin has read it or put another in its place.</summary>
    public bool IsClients(HttpContext http) => ReferenceEquals(http.Request.Body, _requestBody);

    /// <summary>Between an upstream's response headers and its body.</summary>
    public void BeginResponse(HttpContext http)
    {
        if (http.Response.ContentLength is { } length)
        {
            _responseLength = HttpMethods.IsHead(http.Request.Method) ? 0 : length;
        }
        else if (http.Response.StatusCode != StatusCodes.Status101SwitchingProtocols && !HttpMethods.IsConnect(http.Request.Method))
        {
            _response = new Counter();
            http.Response.Body = new CountingStream(http.Response.Body, _response);
        }
    }

    public void SetResponse(long length)
    {
        _response = null;
        _responseLength = length;
    }

    public void Reset()
    {
        _request = null;
        _response = null;
        _requestBody = null;
        _requestLength = 0;
        _responseLength = 0;
    }
}
