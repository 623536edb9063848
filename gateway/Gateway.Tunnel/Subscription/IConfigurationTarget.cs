namespace Gateway.Tunnel.Subscription;

/// <summary>What runs a configuration: the data plane's request path.</summary>
public interface IConfigurationTarget
{
    /// <summary>
    /// Validates the whole update, then makes it what requests see, in one step and off the request path; or refuses it and changes nothing.
    /// Calls never overlap.
    /// </summary>
    ValueTask<ApplyResult> ApplyAsync(ConfigurationUpdate update, CancellationToken cancellationToken);
}
