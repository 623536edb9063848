using Gateway.DataPlane.Model;

namespace Gateway.DataPlane.Forwarding;

/// <summary>Where and how a request goes, once.</summary>
/// <param name="PathAndQuery">As it stands in the request line.</param>
/// <param name="HostHeader">What the upstream sees as Host.</param>
internal sealed record UpstreamAttempt(ServiceModel Service, TargetModel Target, string PathAndQuery, string HostHeader);
