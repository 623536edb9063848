using Gateway.Tunnel.Entities;

namespace Gateway.Tunnel.Subscription;

/// <summary>Keeps what was applied, for the next start.</summary>
internal interface IConfigurationStore
{
    /// <summary>What can be started from, best first. Problems of what cannot be read are reported, not thrown. Called once, before anything is saved.</summary>
    IEnumerable<StoredConfiguration> Load();

    /// <summary>Says which of the loaded ones is applied.</summary>
    /// <exception cref="IOException">It cannot be noted on disk.</exception>
    void Adopt(StoredConfiguration stored);

    /// <summary>Keeps an update after it was applied.</summary>
    /// <param name="content">All there is now.</param>
    /// <exception cref="IOException">It could not be kept; what was kept before is still whole.</exception>
    void Save(ReceivedUpdate update, EntitySet content);
}
