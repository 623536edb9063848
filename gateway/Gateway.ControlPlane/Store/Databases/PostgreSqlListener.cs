using Npgsql;

namespace Gateway.ControlPlane.Store.Databases;

/// <inheritdoc/>
internal sealed class PostgreSqlListener(NpgsqlDataSource source) : IStoreListener
{
    private NpgsqlConnection? _connection;

    public async Task WaitAsync(TimeSpan interval, CancellationToken cancellationToken)
    {
        try
        {
            if (_connection is null)
            {
                // Returns at once after connecting: what was notified before it could be heard is read now.
                _connection = await source.OpenConnectionAsync(cancellationToken);
                await using var listen = new NpgsqlCommand($"LISTEN {PostgreSqlDatabase.Channel}", _connection);
                await listen.ExecuteNonQueryAsync(cancellationToken);
                return;
            }

            await _connection.WaitAsync(interval, cancellationToken);
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is { } connection)
        {
            _connection = null;
            await connection.DisposeAsync();
        }
    }
}
