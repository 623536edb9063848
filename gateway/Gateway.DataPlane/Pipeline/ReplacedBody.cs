using Microsoft.AspNetCore.Http.Features;

namespace Gateway.DataPlane.Pipeline;

/// <summary>Says whether a request has a body once a plugin has given it another.</summary>
internal sealed record ReplacedBody(bool CanHaveBody) : IHttpRequestBodyDetectionFeature;
