using System.Runtime.InteropServices;
using Gateway.DataPlane.Pipeline;
using Gateway.DataPlane.Routing;
using Microsoft.AspNetCore.Http;

namespace Gateway.DataPlane.Forwarding;

/// <summary>
/// The header fields that tell an upstream about client and gateway. Those of a client that is no trusted proxy are replaced; only <c>X-Forwarded-For</c> is a list, to
/// which every hop adds.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct ForwardedFields
{
    public const string ForName = "X-Forwarded-For";
    public const string ProtoName = "X-Forwarded-Proto";
    public const string HostName = "X-Forwarded-Host";
    public const string PortName = "X-Forwarded-Port";
    public const string PathName = "X-Forwarded-Path";
    public const string PrefixName = "X-Forwarded-Prefix";
    public const string RealIpName = "X-Real-IP";

    private ForwardedFields(RequestContext context)
    {
        var http = context.Http;
        var headers = http.Request.Headers;
        var peer = context.Connection.PeerText;
        For = headers.TryGetValue(ForName, out var hops) && hops.Count > 0 ? $"{hops}, {peer}" : peer;
        RealIp = ReferenceEquals(context.ClientAddress, context.Connection.Peer) ? peer : context.ClientAddress.ToString();
        var trusted = context.Connection.IsTrusted;
        Proto = trusted && headers[ProtoName].Count > 0 ? null : context.Scheme;
        Host = trusted && headers[HostName].Count > 0 ? null : http.Request.Host.Host;
        Port = trusted && headers[PortName].Count > 0 ? null : context.Connection.PortText;
        Path = trusted && headers[PathName].Count > 0 ? null : PathOf(context.RawTarget);
        RemovesPrefix = !trusted;
        if (context.Plan!.Route is { Entity.StripPath: true } route && context.MatchedLength > 0 && route.Criteria.Paths is not null
            && !(trusted && headers[PrefixName].Count > 0))
        {
            Prefix = RequestPath.Escape(context.Path[..context.MatchedLength].ToString());
        }
    }

    public string For { get; }

    public string RealIp { get; }

    /// <summary>Null, as the following, where what a trusted proxy says stands.</summary>
    public string? Proto { get; }

    public string? Host { get; }

    public string? Port { get; }

    public string? Path { get; }

    /// <summary>What of the path the route took away; null where nothing was.</summary>
    public string? Prefix { get; }

    /// <summary>Whether a prefix that the client claims is dropped.</summary>
    public bool RemovesPrefix { get; }

    public static ForwardedFields Of(RequestContext context) => new(context);

    /// <summary>Whether a field of the client is one that we write in its place, or drop.</summary>
    public bool Replaces(string name) => name.Length switch
    {
        9 => Is(name, RealIpName),
        15 => Is(name, ForName),
        16 => (Host is not null && Is(name, HostName)) || (Port is not null && Is(name, PortName)) || (Path is not null && Is(name, PathName)),
        17 => (Proto is not null && Is(name, ProtoName)) || Is(name, ResponseWriter.RequestIdHeader),
        18 => (RemovesPrefix || Prefix is not null) && Is(name, PrefixName),
        _ => false,
    };

    /// <summary>Writes them among the request's own, for a transport that takes these as they are.</summary>
    public void CopyTo(IHeaderDictionary headers, string requestId)
    {
        headers[ForName] = For;
        headers[RealIpName] = RealIp;
        Set(headers, ProtoName, Proto);
        Set(headers, HostName, Host);
        Set(headers, PortName, Port);
        Set(headers, PathName, Path);
        if (Prefix is not null)
        {
            headers[PrefixName] = Prefix;
        }
        else if (RemovesPrefix)
        {
            headers.Remove(PrefixName);
        }

        headers[ResponseWriter.RequestIdHeader] = requestId;
    }

    // As it stood in the request line, as Kong has it.
    private static string PathOf(string target)
    {
        var path = RequestTarget.PathOf(target);
        return path.Length == target.Length ? target : path.ToString();
    }

    private static void Set(IHeaderDictionary headers, string name, string? value)
    {
        if (value is not null)
        {
            headers[name] = value;
        }
    }

    private static bool Is(string name, string other) => string.Equals(name, other, StringComparison.OrdinalIgnoreCase);
}
