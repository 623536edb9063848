using System.Collections.Concurrent;
using Gateway.Model;
using Gateway.Tunnel.Entities;
using Gateway.Tunnel.Subscription;

namespace Gateway.Tunnel.Tests.Support;

/// <summary>A request path that keeps what it is given, and refuses what it is told to.</summary>
internal sealed class FakeTarget : IConfigurationTarget
{
    public ConcurrentQueue<ConfigurationUpdate> Updates { get; } = new();

    public EntitySet Content { get; private set; } = EntitySet.Empty;

    public Func<ConfigurationUpdate, ModelError?> Refuse { get; set; } = _ => null;

    /// <summary>Held while applying, to make an instance slow.</summary>
    public SemaphoreSlim Gate { get; } = new(1);

    public async ValueTask<ApplyResult> ApplyAsync(ConfigurationUpdate update, CancellationToken cancellationToken)
    {
        await Gate.WaitAsync(cancellationToken);
        try
        {
            if (Refuse(update) is { } error)
            {
                return new ApplyResult([error]);
            }

            Content = (update.IsSnapshot ? EntitySet.Empty : Content).Apply(update.Revision, update.Changes);
            Updates.Enqueue(update);
            return ApplyResult.Applied;
        }
        finally
        {
            Gate.Release();
        }
    }
}
