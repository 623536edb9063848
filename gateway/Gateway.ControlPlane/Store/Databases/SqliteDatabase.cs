using System.Data;
using Gateway.ControlPlane.Store.Schema;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace Gateway.ControlPlane.Store.Databases;

/// <summary>One file, one process, one writer at a time.</summary>
internal sealed class SqliteDatabase : StoreDatabase
{
    private const int SqliteConstraint = 19;
    private const int SqliteConstraintForeignKey = 787;

    private readonly string _path;
    private readonly PooledDbContextFactory<SqliteStoreContext> _contexts;
    private readonly SemaphoreSlim _writers = new(1, 1);
    private FileStream? _lock;

    public SqliteDatabase(string path)
    {
        _path = Path.GetFullPath(path);
        var connection = new SqliteConnectionStringBuilder { DataSource = _path, ForeignKeys = true };
        var options = new DbContextOptionsBuilder<SqliteStoreContext>();
        options.UseSqlite(connection.ConnectionString).QuietExpectedFailures();
        _contexts = new PooledDbContextFactory<SqliteStoreContext>(options.Options);
    }

    public override string Description => _path;

    public override bool IsExclusive => true;

    public override StoreContext CreateContext() => _contexts.CreateDbContext();

    public override async Task PrepareAsync(Func<CancellationToken, Task> initialise, CancellationToken cancellationToken)
    {
        TakeFile();
        await using (var context = CreateContext())
        {
            await context.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL", cancellationToken);
            await context.Database.MigrateAsync(cancellationToken);
        }

        await initialise(cancellationToken);
    }

    public override async Task<IDbContextTransaction> BeginReadAsync(StoreContext context, CancellationToken cancellationToken)
    {
        await context.Database.OpenConnectionAsync(cancellationToken);
        // Deferred: in WAL mode the first read fixes the view, and no lock is taken that a writer waits for.
        var transaction = ((SqliteConnection)context.Database.GetDbConnection()).BeginTransaction(IsolationLevel.Serializable, deferred: true);
        return (await context.Database.UseTransactionAsync(transaction, cancellationToken))!;
    }

    public override async Task<WriteTransaction> BeginWriteAsync(StoreContext context, bool alone, CancellationToken cancellationToken)
    {
        await _writers.WaitAsync(cancellationToken);
        try
        {
            return new WriteTransaction(await context.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken), _writers);
        }
        catch
        {
            _writers.Release();
            throw;
        }
    }

    public override Task<HeadRow> LockHeadAsync(StoreContext context, CancellationToken cancellationToken) => context.Head.SingleAsync(cancellationToken);

    public override Task LockNameAsync(StoreContext context, string name, CancellationToken cancellationToken) => Task.CompletedTask;

    public override Task<bool> TryLeadAsync(StoreContext context, CancellationToken cancellationToken) => Task.FromResult(true);

    public override Task NotifyAsync(StoreContext context, CancellationToken cancellationToken) => Task.CompletedTask;

    public override IStoreListener? CreateListener() => null;

    public override StoreFailure Classify(Exception exception) => Find(exception) switch
    {
        { SqliteErrorCode: SqliteConstraint, SqliteExtendedErrorCode: SqliteConstraintForeignKey } => StoreFailure.Conflict,
        { SqliteErrorCode: SqliteConstraint } => StoreFailure.UniqueViolation,
        // Busy, locked, read-only, I/O error, corrupt, full, can't open, not a database.
        { SqliteErrorCode: 5 or 6 or 8 or 10 or 11 or 13 or 14 or 26 } => StoreFailure.Unavailable,
        _ => StoreFailure.Other,
    };

    public override string? ViolatedColumn(Exception exception, string table)
    {
        // "SQLite Error 19: 'UNIQUE constraint failed: services.name'."
        var message = Find(exception)?.Message ?? "";
        var start = message.LastIndexOf($"{table}.", StringComparison.Ordinal);
        var column = start < 0 ? null : message[(start + table.Length + 1)..].TrimEnd('.', '\'');
        return column is "id" ? null : column;
    }

    public override async ValueTask DisposeAsync()
    {
        using (var connection = new SqliteConnection($"Data Source={_path}"))
        {
            SqliteConnection.ClearPool(connection);
        }

        _writers.Dispose();
        if (_lock is not null)
        {
            await _lock.DisposeAsync();
        }
    }

    private static SqliteException? Find(Exception exception) =>
        exception as SqliteException ?? (exception.InnerException is { } inner ? Find(inner) : null);

    // A second process would publish revisions that this one never hears of.
    private void TakeFile()
    {
        if (_lock is not null)
        {
            return;
        }

        var directory = Path.GetDirectoryName(_path)!;
        try
        {
            Directory.CreateDirectory(directory);
            _lock = new FileStream($"{_path}.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new StartRefusedException($"the database folder {directory} can't be written to", exception);
        }
        catch (IOException exception) when (File.Exists($"{_path}.lock"))
        {
            throw new StartRefusedException($"another control plane uses the database {_path}; SQLite serves one, several need PostgreSQL", exception);
        }
        catch (IOException exception)
        {
            throw new StartRefusedException($"the database {_path} can't be opened: {exception.Message}", exception);
        }
    }
}
