using System.Text.Json.Nodes;
using Gateway.Commands.Admin;

namespace Gateway.Commands.Release;

/// <summary>The releases of an Admin API.</summary>
internal sealed class ReleaseClient : IDisposable
{
    private const string Path = "clustering/releases";

    private readonly AdminApiClient _admin;

    public ReleaseClient(AdminAddress address) => _admin = new AdminApiClient(address);

    /// <exception cref="CommandException">It does not answer, or it refuses.</exception>
    public Task<JsonObject> StatusAsync(CancellationToken cancellationToken) => _admin.SendAsync(HttpMethod.Get, Path, body: null, cancellationToken);

    /// <param name="move">Such as <c>promote</c>.</param>
    /// <returns>Where the releases stand after it.</returns>
    /// <exception cref="CommandException">It does not answer, or it refuses.</exception>
    public Task<JsonObject> MoveAsync(string move, JsonObject body, CancellationToken cancellationToken) => _admin.SendAsync(HttpMethod.Post, $"{Path}/{move}", body, cancellationToken);

    public void Dispose() => _admin.Dispose();
}
