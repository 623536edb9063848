using System.Globalization;
using System.Text.Json.Nodes;
using Gateway.ControlPlane.Store.Reading;
using Gateway.ControlPlane.Store.Schema;
using Gateway.Model.Configuration;
using Gateway.Model.Entities;
using Gateway.Tunnel.Publication;
using Microsoft.EntityFrameworkCore;

namespace Gateway.ControlPlane.Store.Writing;

/// <summary>
/// Makes the configuration what it was at a revision. Credentials of consumers stay as they are unless they are asked for: one that was revoked since must not come back by the way, and one that was
/// made since must not be lost. They go only with their consumer.
/// </summary>
internal sealed class ConfigurationRollback(WriteSession session, long now)
{
    // What belongs to a consumer and to nothing else: keys, passwords, groups of an access list.
    private static readonly HashSet<string> Credentials = EntityTables.All
        .Where(table => table.Foreigns.Where(foreign => foreign.Required).ToList() is [{ TargetKind: EntityKinds.Consumers }])
        .Select(table => table.Kind).ToHashSet(StringComparer.Ordinal);

    /// <returns>Null, or why not.</returns>
    public async Task<ConfigurationError?> RunAsync(long revision, bool withCredentials, CancellationToken cancellationToken)
    {
        var context = session.Context;
        var head = (await context.Head.AsNoTracking().SingleAsync(cancellationToken)).Revision;
        var oldest = await context.Revisions.MinAsync(row => (long?)row.Revision, cancellationToken) ?? head;
        if (revision < 1 || revision > head)
        {
            return NotRetained(revision, oldest, head);
        }

        Dictionary<EntityKey, ReadOnlyMemory<byte>> wanted;
        try
        {
            wanted = await RevisionRewind.ReadAsync(context, session.Codec, revision, head, cancellationToken);
        }
        catch (RevisionNotRetainedException)
        {
            return NotRetained(revision, oldest, head);
        }

        if (!withCredentials)
        {
            await KeepCredentialsAsync(wanted, cancellationToken);
        }

        return await new ConfigurationReplacement(session, [], now).RunAsync(
            [
                .. wanted.Where(entity => entity.Key.Kind != EntityKinds.CredentialHashKeys)
                    .Select(entity => KeyValuePair.Create(entity.Key, (JsonObject)JsonNode.Parse(entity.Value.Span)!)),
            ],
            cancellationToken);
    }

    private async Task KeepCredentialsAsync(Dictionary<EntityKey, ReadOnlyMemory<byte>> wanted, CancellationToken cancellationToken)
    {
        foreach (var key in wanted.Keys.Where(key => Credentials.Contains(key.Kind)).ToList())
        {
            wanted.Remove(key);
        }

        foreach (var table in EntityTables.All.Where(table => Credentials.Contains(table.Kind)))
        {
            var owner = table.Foreigns.Single(foreign => foreign.Required);
            foreach (var row in await table.AllAsync(session.Context, forUpdate: false, cancellationToken))
            {
                var credential = session.Codec.Read(table.Kind, row);
                if (TagScope.ReferenceOf(credential, owner) is { } consumer && wanted.ContainsKey(new EntityKey(EntityKinds.Consumers, consumer)))
                {
                    wanted.Add(new EntityKey(table.Kind, row.Id), CanonicalForm.Write(credential));
                }
            }
        }
    }

    private static ConfigurationError NotRetained(long revision, long oldest, long head) => ConfigurationError.Violation(new JsonObject
    {
        ["revision"] = string.Create(CultureInfo.InvariantCulture, $"revision {revision} is not in the log; allowed: {Math.Max(1, oldest - 1)} to {head}"),
    });
}
