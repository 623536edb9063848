using Microsoft.EntityFrameworkCore.Storage;

namespace Gateway.ControlPlane.Store.Databases;

/// <summary>A transaction, and the place in the queue of writers where the database admits one at a time.</summary>
internal sealed class WriteTransaction(IDbContextTransaction transaction, SemaphoreSlim? gate) : IAsyncDisposable
{
    public Task CommitAsync(CancellationToken cancellationToken) => transaction.CommitAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        try
        {
            await transaction.DisposeAsync();
        }
        finally
        {
            gate?.Release();
        }
    }
}
