using Gateway.Model.Entities;

namespace Gateway.DataPlane.Pipeline;

/// <summary>The configuration of one request: it does not change while the request lives.</summary>
public interface IConfigurationView
{
    long Revision { get; }

    Consumer? FindConsumer(Guid id);

    /// <summary>By id or, where it is none, by user name.</summary>
    Consumer? FindConsumer(string idOrUsername);

    /// <summary>The credential whose key this is, by its keyed hash; null where there is none or it has expired.</summary>
    KeyAuthCredential? FindKeyAuthCredential(string key, DateTimeOffset now);
}
