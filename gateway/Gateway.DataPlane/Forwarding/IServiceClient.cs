namespace Gateway.DataPlane.Forwarding;

/// <summary>Asks services something on a plugin's behalf, over the connections, certificates and targets that clients' requests take.</summary>
public interface IServiceClient
{
    /// <summary>Sends one request, without a retry.</summary>
    /// <param name="request">Its address is set here.</param>
    /// <param name="path">With a leading slash, escaped.</param>
    /// <exception cref="HttpRequestException">No target is healthy, or the one that was chosen did not answer.</exception>
    Task<HttpResponseMessage> SendAsync(ServiceAddress address, HttpRequestMessage request, string path, CancellationToken cancellation);
}
