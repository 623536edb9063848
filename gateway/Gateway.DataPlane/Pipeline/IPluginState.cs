namespace Gateway.DataPlane.Pipeline;

/// <summary>Counters or a cache of a plugin that want to forget what has expired.</summary>
public interface IPluginState
{
    /// <summary>Drops what is over. Called every few seconds, never on a request's path.</summary>
    void Sweep(DateTimeOffset now);
}
