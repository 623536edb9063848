using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gateway.ControlPlane.Access;

/// <summary>Says at start, in one line, whether the Admin API asks who calls; refuses a start with an admin token that is none.</summary>
internal sealed partial class AccessStart(ControlPlaneOptions options, AdminToken adminToken, ILogger<AccessStart> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var oidc = options.Access.Oidc is { } provider ? $", bearer tokens of {provider.Issuer}" : "";
        if (!options.Access.Required)
        {
            LogOpen();
        }
        else if (adminToken.IsSet || options.Access.Oidc is not null)
        {
            LogRequired($"{(adminToken.IsSet ? "the admin token of the settings, " : "")}personal tokens{oidc}");
        }
        else
        {
            LogNoAdministrator();
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(EventId = 3230, Level = LogLevel.Information, Message = "The Admin API takes requests without a credential: it listens on loopback alone (GATEWAY_ADMIN_LISTEN)")]
    private partial void LogOpen();

    [LoggerMessage(EventId = 3231, Level = LogLevel.Information, Message = "The Admin API requires authentication: {Credentials}")]
    private partial void LogRequired(string credentials);

    [LoggerMessage(EventId = 3232, Level = LogLevel.Warning, Message = "The Admin API requires authentication, by personal tokens alone; where none was made yet, nobody gets in: set GATEWAY_ADMIN_TOKEN_FILE or GATEWAY_ADMIN_OIDC_ISSUER")]
    private partial void LogNoAdministrator();
}
