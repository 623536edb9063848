namespace Gateway.ControlPlane.Store.Databases;

/// <summary>Hears what other replicas notify, on a connection of its own.</summary>
internal interface IStoreListener : IAsyncDisposable
{
    /// <summary>Completes on a notification or after <paramref name="interval"/>; connects where it is not connected. Throws where the database is away.</summary>
    Task WaitAsync(TimeSpan interval, CancellationToken cancellationToken);
}
