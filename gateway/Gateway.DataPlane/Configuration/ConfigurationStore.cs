using Gateway.DataPlane.Model;
using Gateway.DataPlane.Pipeline;
using Gateway.Tunnel.Subscription;
using Microsoft.Extensions.Logging;

namespace Gateway.DataPlane.Configuration;

/// <summary>Holds what requests see, and replaces it in one step.</summary>
internal sealed class ConfigurationStore(PluginCompiler plugins, PluginStateStore states, ILogger<ConfigurationStore> logger) : IConfigurationTarget
{
    private volatile RuntimeConfiguration _current = RuntimeConfiguration.Empty;

    public RuntimeConfiguration Current => _current;

    /// <summary>False until a configuration, though an empty one, has been applied.</summary>
    public bool HasConfiguration => _current.Generation > 0;

    public async ValueTask<ApplyResult> ApplyAsync(ConfigurationUpdate update, CancellationToken cancellationToken)
    {
        // The caller may be on a thread that also serves sockets.
        return await Task.Run(() => Apply(update, cancellationToken), cancellationToken);
    }

    private ApplyResult Apply(ConfigurationUpdate update, CancellationToken cancellationToken)
    {
        var previous = _current;
        var draft = new ConfigurationDraft(update.IsSnapshot ? RuntimeConfiguration.Empty : previous, previous, plugins);
        foreach (var change in update.Changes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            draft.Change(change);
        }

        var next = draft.Finish(update.Revision);
        if (next is null)
        {
            ConfigurationLog.Refused(logger, update.Revision, draft.Errors.Count, draft.Errors[0].ToString(), previous.Revision);
            return new ApplyResult(draft.Errors);
        }

        foreach (var upstream in draft.ChangedUpstreams)
        {
            upstream.State.Update(upstream);
        }

        _current = next;
        ForgetDeletedPlugins(update, previous, next);

        ConfigurationLog.Applied(logger, next.Revision, next.Routes.Count, next.Services.Count, next.Consumers.Count, next.PluginEntities.Count);
        return ApplyResult.Applied;
    }

    private void ForgetDeletedPlugins(ConfigurationUpdate update, RuntimeConfiguration previous, RuntimeConfiguration next)
    {
        var candidates = update.IsSnapshot
            ? previous.PluginEntities.Keys
            : update.Changes.Where(change => change.Canonical is null).Select(change => change.Key.Id);
        foreach (var id in candidates)
        {
            if (previous.PluginEntities.ContainsKey(id) && !next.PluginEntities.ContainsKey(id))
            {
                states.Remove(id);
            }
        }
    }
}
