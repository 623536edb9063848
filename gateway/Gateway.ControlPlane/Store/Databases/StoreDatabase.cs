using Gateway.ControlPlane.Store.Schema;
using Microsoft.EntityFrameworkCore.Storage;

namespace Gateway.ControlPlane.Store.Databases;

/// <summary>What differs between the providers.</summary>
internal abstract class StoreDatabase : IAsyncDisposable
{
    /// <summary>Where it is, without credentials: for logs and errors.</summary>
    public abstract string Description { get; }

    /// <summary>Whether this process is the only one that has the database: what another had left open there is over.</summary>
    public abstract bool IsExclusive { get; }

    public abstract StoreContext CreateContext();

    /// <summary>
    /// Brings the schema up to date and runs <paramref name="initialise"/>, safely while other processes do the same. May be repeated after a failure.
    /// </summary>
    /// <exception cref="StartRefusedException">This process may not use the database.</exception>
    public abstract Task PrepareAsync(Func<CancellationToken, Task> initialise, CancellationToken cancellationToken);

    /// <summary>One consistent view of everything, which neither blocks writers nor is blocked by them.</summary>
    public abstract Task<IDbContextTransaction> BeginReadAsync(StoreContext context, CancellationToken cancellationToken);

    /// <param name="alone">True where the transaction depends on seeing all of the configuration: no other writer of it runs meanwhile.</param>
    public abstract Task<WriteTransaction> BeginWriteAsync(StoreContext context, bool alone, CancellationToken cancellationToken);

    /// <summary>Reads the head row and keeps it until the transaction ends. Last in every write, so that commits follow revisions.</summary>
    public abstract Task<HeadRow> LockHeadAsync(StoreContext context, CancellationToken cancellationToken);

    /// <summary>Serialises the transactions of one <paramref name="name"/>, across processes.</summary>
    public abstract Task LockNameAsync(StoreContext context, string name, CancellationToken cancellationToken);

    /// <summary>Makes this the only process with work of this kind until the transaction ends; false where another one is.</summary>
    public abstract Task<bool> TryLeadAsync(StoreContext context, CancellationToken cancellationToken);

    /// <summary>Tells other replicas, when the transaction commits, that something moved.</summary>
    public abstract Task NotifyAsync(StoreContext context, CancellationToken cancellationToken);

    /// <summary>Hears other replicas; null where there can be none.</summary>
    public abstract IStoreListener? CreateListener();

    public abstract StoreFailure Classify(Exception exception);

    /// <summary>The column of the unique constraint that <paramref name="exception"/> reports, null for the primary key.</summary>
    public abstract string? ViolatedColumn(Exception exception, string table);

    public abstract ValueTask DisposeAsync();
}
