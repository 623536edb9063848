using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Signing;

namespace Gateway.Plugins.Aws;

/// <summary>Requests to AWS over HTTP that no client of the SDK makes, signed with Signature Version 4.</summary>
public static class SignedRequests
{
    /// <summary>
    /// Signs each request, its body included, at the time it is sent: whoever tries again sends through this handler again. A redirect would not be signed anew, so that the transport must
    /// follow none.
    /// </summary>
    /// <param name="service">The name that the service signs by, such as <c>es</c> for OpenSearch Service.</param>
    /// <param name="region">Such as <c>eu-central-1</c>.</param>
    /// <param name="transport">Owned by the handler.</param>
    /// <remarks>The credentials are those of AWS's default chain. Without any, sending throws <see cref="Amazon.Runtime.AmazonClientException"/>.</remarks>
    public static DelegatingHandler Through(SocketsHttpHandler transport, string service, string region) => Through(transport, service, region, new DefaultCredentials());

    /// <inheritdoc cref="Through(SocketsHttpHandler, string, string)"/>
    /// <param name="credentials">In place of the default chain's.</param>
    internal static DelegatingHandler Through(SocketsHttpHandler transport, string service, string region, AWSCredentials credentials)
    {
        transport.AllowAutoRedirect = false;
        return new SigV4SigningHandler(credentials, RegionEndpoint.GetBySystemName(region), service, transport);
    }
}
