using Npgsql;

namespace EndToEnd.Tests.Replicas;

/// <summary>The database itself, without the control plane between: its tables beside its change log.</summary>
internal static class StoredLog
{
    /// <summary>What the tables hold is what the log says was written last, and the log has no gap.</summary>
    /// <returns>What differs.</returns>
    public static async Task<IReadOnlyList<string>> DifferencesAsync(string connectionString)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        var differences = new List<string>();
        await FindAsync("the head is not the last revision", "SELECT revision FROM head WHERE revision <> (SELECT coalesce(max(revision), 0) FROM revisions)");
        await FindAsync("the released revision is not the head", "SELECT r.revision FROM releases r, head h WHERE r.revision <> h.revision");
        await FindAsync(
            "a revision is missing",
            "SELECT g FROM generate_series((SELECT min(revision) FROM revisions), (SELECT max(revision) FROM revisions)) g WHERE NOT EXISTS (SELECT 1 FROM revisions WHERE revision = g)");
        await FindAsync(
            "a revision has other changes than it says",
            "SELECT r.revision FROM revisions r LEFT JOIN changes c ON c.revision = r.revision GROUP BY r.revision, r.change_count HAVING count(c.revision) <> r.change_count");
        foreach (var table in new[] { "services", "routes" })
        {
            var last = $"""
                SELECT DISTINCT ON (entity_id) entity_id, "after" FROM changes WHERE kind = '{table}' ORDER BY entity_id, revision DESC, ordinal DESC
                """;
            await FindAsync($"one of {table} is not what was written last", $"""
                SELECT coalesce(t.id, l.entity_id) FROM {table} t FULL JOIN ({last}) l ON l.entity_id = t.id
                WHERE (t.id IS NULL) <> (l."after" IS NULL)
                OR convert_from(substr(l."after", 2), 'UTF8') <> t.document
                """);
        }

        return differences;

        async Task FindAsync(string problem, string select)
        {
            await using var command = source.CreateCommand(select);
            await using var rows = await command.ExecuteReaderAsync();
            while (await rows.ReadAsync())
            {
                differences.Add($"{problem}: {rows.GetValue(0)}");
            }
        }
    }
}
