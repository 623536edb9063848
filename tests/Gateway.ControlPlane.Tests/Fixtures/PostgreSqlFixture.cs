using System.Text;
using Hybrid.Testing;
using Npgsql;

namespace Gateway.ControlPlane.Tests.Fixtures;

public sealed class PostgreSqlFixture : StoreFixture
{
    private string? _missing;

    public PostgreSqlServer? Server { get; private set; }

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        (Server, _missing) = await PostgreSqlServer.TryStartAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        if (Server is not null)
        {
            await Server.DisposeAsync();
        }

        await base.DisposeAsync();
    }

    public override async Task<byte[]> DumpAsync(ControlPlaneOptions options)
    {
        var text = new StringBuilder();
        await using var source = NpgsqlDataSource.Create(options.PostgreSql!.ToConnectionString());
        var tables = new List<string>();
        await using (var list = source.CreateCommand("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))
        await using (var reader = await list.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                tables.Add(reader.GetString(0));
            }
        }

        foreach (var table in tables)
        {
            await using var rows = source.CreateCommand($"SELECT * FROM \"{table}\"");
            await using var reader = await rows.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                for (var i = 0; i < reader.FieldCount; i++)
                {
                    // Bytes as they are, so that plain text in them is found.
                    text.Append(reader.GetValue(i) is byte[] bytes ? Encoding.Latin1.GetString(bytes) : reader.GetValue(i)).Append('\n');
                }
            }
        }

        return Encoding.Latin1.GetBytes(text.ToString());
    }

    protected override async Task<ControlPlaneOptions> PointAtAsync(ControlPlaneOptions options)
    {
        if (Server is null)
        {
            Assert.Skip(_missing!);
        }

        return options with
        {
            PostgreSql = new PostgreSqlOptions { Host = Server.Host, Port = Server.Port, User = PostgreSqlServer.User, Database = await Server.CreateDatabaseAsync() },
        };
    }
}
