using Gateway.Model;
using Gateway.Tunnel.Protocol;
using Gateway.Tunnel.Sites;

namespace Gateway.Tunnel.Publication.Streams;

/// <summary>Between what is said on the wire and what the rest knows.</summary>
internal static class ProtocolState
{
    private const int MaximumReasons = 100;
    private const int MaximumDescription = 2000;

    public static State Of(SyncStatus status) => status switch
    {
        SyncStatus.Normal => State.Normal,
        SyncStatus.Behind => State.Behind,
        SyncStatus.Refused => State.Refused,
        SyncStatus.HashMismatch => State.HashMismatch,
        SyncStatus.VersionIncompatible => State.VersionIncompatible,
        SyncStatus.PluginSetIncompatible => State.PluginSetIncompatible,
        SyncStatus.PluginVersionIncompatible => State.PluginVersionIncompatible,
        _ => State.Unspecified,
    };

    public static Reason Of(ModelError error) => new() { Field = error.Field, Problem = error.Problem, Allowed = error.Allowed ?? "" };

    public static ModelError Of(Reason reason) => new(reason.Field, reason.Problem, reason.Allowed.Length > 0 ? reason.Allowed : null);

    /// <summary>One line, bounded: it comes from the peer and is kept and shown.</summary>
    public static string Describe(Refusal refusal)
    {
        var text = string.Join("; ", refusal.Reasons.Take(MaximumReasons).Select(reason => Of(reason).ToString()));
        text = text.Length == 0 ? $"no reason given ({refusal.Kind})" : text;
        text = text.Length > MaximumDescription ? string.Concat(text.AsSpan(0, MaximumDescription), "…") : text;
        return string.Create(text.Length, text, static (line, source) =>
        {
            for (var i = 0; i < line.Length; i++)
            {
                line[i] = char.IsControl(source[i]) ? ' ' : source[i];
            }
        });
    }
}
