using System.Data;
using System.Net.Sockets;
using Gateway.ControlPlane.Store.Schema;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Gateway.ControlPlane.Store.Databases;

/// <summary>Any number of control planes on one database.</summary>
internal sealed class PostgreSqlDatabase : StoreDatabase
{
    public const string Channel = "gateway_store";

    // Keys of advisory locks: any numbers, the same in all versions.
    private const long SchemaLock = 0x6761746577617901;
    private const long ConfigurationLock = 0x6761746577617902;
    private const long LeaderLock = 0x6761746577617903;

    private readonly NpgsqlDataSource _dataSource;
    private readonly PooledDbContextFactory<PostgreSqlStoreContext> _contexts;
    private readonly NpgsqlDataSource _listenSource;

    public PostgreSqlDatabase(PostgreSqlOptions settings)
    {
        var connection = settings.ToConnectionString();
        _dataSource = Build(connection, settings);
        var options = new DbContextOptionsBuilder<PostgreSqlStoreContext>();
        options.UseNpgsql(_dataSource).QuietExpectedFailures();
        _contexts = new PooledDbContextFactory<PostgreSqlStoreContext>(options.Options);
        // LISTEN belongs to one session, so it must not go through a transaction pooler.
        connection.Host = settings.ListenHost ?? settings.Host;
        connection.Port = settings.ListenPort ?? settings.Port;
        connection.Pooling = false;
        connection.KeepAlive = 15;
        _listenSource = Build(connection, settings);
        Description = $"{settings.Host}:{settings.Port}/{settings.Database}";
    }

    public override string Description { get; }

    public override bool IsExclusive => false;

    public override StoreContext CreateContext() => _contexts.CreateDbContext();

    public override async Task PrepareAsync(Func<CancellationToken, Task> initialise, CancellationToken cancellationToken)
    {
        // A session lock on a connection of its own: it ends with the connection, however the process ends.
        await using var connection = await _dataSource.OpenConnectionAsync(cancellationToken);
        await using (var take = new NpgsqlCommand("SELECT pg_advisory_lock($1)", connection) { Parameters = { new() { Value = SchemaLock } }, CommandTimeout = 0 })
        {
            await take.ExecuteNonQueryAsync(cancellationToken);
        }

        try
        {
            await using (var context = CreateContext())
            {
                await context.Database.MigrateAsync(cancellationToken);
            }

            await initialise(cancellationToken);
        }
        finally
        {
            await using var release = new NpgsqlCommand("SELECT pg_advisory_unlock($1)", connection) { Parameters = { new() { Value = SchemaLock } } };
            await release.ExecuteNonQueryAsync(CancellationToken.None);
        }
    }

    public override Task<IDbContextTransaction> BeginReadAsync(StoreContext context, CancellationToken cancellationToken) =>
        context.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);

    public override async Task<WriteTransaction> BeginWriteAsync(StoreContext context, bool alone, CancellationToken cancellationToken)
    {
        var transaction = await context.Database.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
        try
        {
            // Ordinary writers share this lock; one that replaces the whole configuration has it alone.
            await context.Database.ExecuteSqlRawAsync(
                alone ? "SELECT pg_advisory_xact_lock({0})" : "SELECT pg_advisory_xact_lock_shared({0})", [ConfigurationLock], cancellationToken);
            return new WriteTransaction(transaction, gate: null);
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
    }

    public override Task<HeadRow> LockHeadAsync(StoreContext context, CancellationToken cancellationToken) =>
        context.Head.FromSqlRaw("SELECT * FROM head FOR UPDATE").AsAsyncEnumerable().SingleAsync(cancellationToken).AsTask();

    public override Task LockNameAsync(StoreContext context, string name, CancellationToken cancellationToken) =>
        context.Database.ExecuteSqlRawAsync("SELECT pg_advisory_xact_lock(hashtextextended({0}, 0))", [name], cancellationToken);

    public override Task<bool> TryLeadAsync(StoreContext context, CancellationToken cancellationToken) =>
        context.Database.SqlQuery<bool>($"SELECT pg_try_advisory_xact_lock({LeaderLock}) AS \"Value\"").SingleAsync(cancellationToken);

    public override Task NotifyAsync(StoreContext context, CancellationToken cancellationToken) =>
        context.Database.ExecuteSqlRawAsync("SELECT pg_notify({0}, '')", [Channel], cancellationToken);

    private static NpgsqlDataSource Build(NpgsqlConnectionStringBuilder connection, PostgreSqlOptions settings)
    {
        var builder = new NpgsqlDataSourceBuilder(connection.ConnectionString);
        if (settings.IamAuthentication)
        {
            if (!settings.Ssl)
            {
                throw new StartRefusedException("signing in to PostgreSQL by IAM sends a token that must not be seen: it needs TLS");
            }

            var rds = new RdsSignIn(settings);
            builder.UsePasswordProvider(_ => rds.Sign(), async (_, cancellationToken) => await rds.SignAsync(cancellationToken));
        }
        else if (settings.PasswordFile is { } file)
        {
            builder.UsePasswordProvider(
                _ => File.ReadAllText(file).TrimEnd('\r', '\n'),
                async (_, cancellationToken) => (await File.ReadAllTextAsync(file, cancellationToken)).TrimEnd('\r', '\n'));
        }

        return builder.Build();
    }

    public override IStoreListener? CreateListener() => new PostgreSqlListener(_listenSource);

    public override StoreFailure Classify(Exception exception)
    {
        for (var current = exception; current is not null; current = current.InnerException)
        {
            switch (current)
            {
                case PostgresException { SqlState: PostgresErrorCodes.UniqueViolation }:
                    return StoreFailure.UniqueViolation;
                case PostgresException { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.ForeignKeyViolation }:
                    return StoreFailure.Conflict;
                case PostgresException postgres when IsOutage(postgres.SqlState):
                    return StoreFailure.Unavailable;
                case PostgresException:
                    return StoreFailure.Other;
                case NpgsqlException or SocketException or TimeoutException or EndOfStreamException:
                    return StoreFailure.Unavailable;

                // What Npgsql says when a connection broke before, such as while its transaction is rolled back.
                case InvalidOperationException { Source: "Npgsql" }:
                    return StoreFailure.Unavailable;
            }
        }

        return StoreFailure.Other;
    }

    public override string? ViolatedColumn(Exception exception, string table)
    {
        for (var current = exception; current is not null; current = current.InnerException)
        {
            if (current is PostgresException { ConstraintName: { } constraint })
            {
                var prefix = $"IX_{table}_";
                return constraint.StartsWith(prefix, StringComparison.Ordinal) ? constraint[prefix.Length..] : null;
            }
        }

        return null;
    }

    public override async ValueTask DisposeAsync()
    {
        await _listenSource.DisposeAsync();
        await _dataSource.DisposeAsync();
    }

    // Connection exceptions, invalid authorisation while a password rotates, resources, operator intervention, system errors, read-only after a failover,
    // and a database that is not made yet.
    private static bool IsOutage(string state) =>
        state.StartsWith("08", StringComparison.Ordinal) || state.StartsWith("28", StringComparison.Ordinal) || state.StartsWith("53", StringComparison.Ordinal)
        || state.StartsWith("57", StringComparison.Ordinal) || state.StartsWith("58", StringComparison.Ordinal)
        || state is PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.InvalidCatalogName;
}
