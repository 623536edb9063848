using System.Collections.Concurrent;

namespace Gateway.Tunnel.Publication.Streams;

/// <summary>The sessions of this process. An instance has one: the newest.</summary>
internal sealed class LiveSessions
{
    private readonly ConcurrentDictionary<(string Site, Guid Instance), InstanceSession> _sessions = new();
    private volatile StreamEnd? _closed;

    public IEnumerable<InstanceSession> All => _sessions.Values;

    public void Add(InstanceSession session)
    {
        _sessions.AddOrUpdate(
            (session.Peer.Site, session.Instance),
            session,
            (_, before) =>
            {
                before.End(StreamEnd.Superseded);
                return session;
            });
        if (_closed is { } end)
        {
            session.End(end);
        }
    }

    public void Remove(InstanceSession session) =>
        _sessions.TryRemove(KeyValuePair.Create((session.Peer.Site, session.Instance), session));

    /// <summary>Ends all there are and all that come.</summary>
    public void Close(StreamEnd end)
    {
        _closed = end;
        foreach (var session in All)
        {
            session.End(end);
        }
    }
}
