using System.Diagnostics;
using System.Net;
using Gateway.DataPlane.Balancing;
using Gateway.DataPlane.Configuration;
using Gateway.DataPlane.Forwarding;
using Gateway.DataPlane.Hosting;
using Gateway.DataPlane.Logging;
using Gateway.DataPlane.Model;
using Gateway.Model.Entities;
using Microsoft.AspNetCore.Http;

namespace Gateway.DataPlane.Pipeline;

/// <summary>
/// One request on its way through the gateway. Used by one thread at a time, and reused for another request afterwards: a plugin does not keep it.
/// </summary>
public sealed class RequestContext
{
    private readonly List<KeyValuePair<object, object>> _items = [];
    private readonly List<Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>> _bodyTransforms = [];
    private Dictionary<string, string>? _shared;
    private HttpContext? _http;
    private RuntimeConfiguration? _configuration;
    private ProxyConnection? _connection;

    internal RequestContext(ResponseWriter responses) => Transformer = new UpstreamTransformer(this, responses);

    public HttpContext Http => _http ?? throw new InvalidOperationException("The request is over.");

    /// <summary>32 hexadecimal digits, in <c>X-Kong-Request-Id</c> and in error answers.</summary>
    public string RequestId { get; private set; } = string.Empty;

    /// <summary>The target as it stood in the request line.</summary>
    public string RawTarget { get; internal set; } = string.Empty;

    /// <summary>The path in normal form, without the query.</summary>
    public ReadOnlyMemory<char> Path { get; internal set; }

    /// <summary>What of the path the route leaves where it strips its own: the path below it, with a leading slash. Otherwise the whole.</summary>
    public ReadOnlyMemory<char> PathBehindRoute
    {
        get
        {
            var path = Plan?.Route is { Entity.StripPath: true, Criteria.Paths: not null } ? Path[MatchedLength..] : Path;
            return path.Span is ['/', ..] ? path : $"/{path}".AsMemory();
        }
    }

    /// <summary>The client's address, behind trusted proxies the one that they name.</summary>
    public IPAddress ClientAddress { get; internal set; } = IPAddress.None;

    /// <summary>Null before the access phase, and where no route matches.</summary>
    public Route? Route => Plan?.Route.Entity;

    public Service? Service => Plan?.Service?.Entity;

    /// <summary>Where requests to the service go, for a plugin that has to ask it something itself; null where there is no service.</summary>
    public ServiceAddress? ServiceAddress => Plan is { Service: { } service } plan ? new ServiceAddress(service, plan.Upstream, plan.Tls) : null;

    /// <summary>What the client presented in the TLS handshake; null where it was not asked, or presented nothing. Not verified.</summary>
    public PresentedCertificate? ClientCertificate => Http.Features.Get<PresentedCertificate>();

    /// <summary>Who calls, once an authentication plugin knows it.</summary>
    public Consumer? Consumer { get; private set; }

    /// <summary>Null for an anonymous consumer.</summary>
    public AuthenticatedCredential? Credential { get; private set; }

    /// <summary>
    /// Groups that whoever authenticated the caller vouches for, such as an issuer's claim or a certificate's name: what the <c>acl</c> plugin asks where there is no consumer, or an
    /// anonymous one. Null where nobody did.
    /// </summary>
    public IReadOnlyList<string>? AuthenticatedGroups { get; set; }

    public IConfigurationView Configuration => Runtime;

    /// <inheritdoc cref="PendingHeaders"/>
    public PendingHeaders ResponseHeaders { get; } = new();

    /// <summary>What is different about the request that goes upstream.</summary>
    public UpstreamRequest Upstream { get; } = new();

    /// <summary><c>http</c> or <c>https</c>: how the client called, behind trusted proxies as they say.</summary>
    public string Scheme { get; internal set; } = string.Empty;

    /// <summary>True where the response comes from an upstream.</summary>
    public bool IsProxied { get; internal set; }

    /// <summary>True once the caller is known in any way, so that further authentication plugins with an anonymous consumer step back.</summary>
    public bool IsAuthenticated => Credential is not null;

    /// <summary>How long a finished request took. Only in the log phase.</summary>
    public RequestDurations Durations => new(
        Stopwatch.GetElapsedTime(Timings.Started), Timings.Gateway, IsProxied ? Timings.Upstream : null);

    /// <summary>Bytes of the request's body.</summary>
    public long RequestBytes => Bytes.Request;

    /// <summary>Bytes of the response's body.</summary>
    public long ResponseBytes => Bytes.Response;

    /// <summary>Whether the client does not wait for the answer any more.</summary>
    internal bool IsClientGone => Connection.IsClosed || (HttpProtocol.IsHttp2(Http.Request.Protocol) && Http.RequestAborted.IsCancellationRequested);

    internal RuntimeConfiguration Runtime => _configuration ?? throw new InvalidOperationException("The request is over.");

    /// <summary>The upstream's status, before plugins changed it; meaningful once there are response headers.</summary>
    internal int UpstreamStatus { get; set; }

    internal RoutePlan? Plan { get; set; }

    internal PluginChain Chain { get; set; } = PluginChain.Empty;

    internal int MatchedLength { get; set; }

    internal ProxyConnection Connection => _connection ?? throw new InvalidOperationException("The request is over.");

    /// <summary>The client's method, while the request carries the upstream's.</summary>
    internal string ClientMethod { get; set; } = string.Empty;

    /// <summary>What upstreams are told of the client, once the request is forwarded.</summary>
    internal ForwardedFields Forwarded;

    internal UpstreamTransformer Transformer { get; }

    internal BodyBytes Bytes { get; } = new();

    /// <summary>Path and query that went upstream; null where nothing did.</summary>
    internal string? UpstreamUri { get; set; }

    /// <summary>The attempts at upstreams. Only in the log phase.</summary>
    public IReadOnlyList<UpstreamTry> Tries => TryList;

    /// <summary>Kept only where somebody logs.</summary>
    internal List<UpstreamTry> TryList { get; } = [];

    internal TransformedResponseBody? TransformedBody { get; set; }

    internal int CaptureLimit { get; private set; }

    internal CapturedResponseBody? Captured { get; set; }

    internal IReadOnlyList<Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>> BodyTransforms => _bodyTransforms;

    internal FailedTargets FailedTargets;

    internal RequestTimings Timings;

    /// <summary>
    /// Sets who calls. Plugins of lower priority then run as configured for that consumer. The headers that tell upstreams are <c>ConsumerHeaders</c>' business.
    /// </summary>
    public void Authenticate(Consumer? consumer, AuthenticatedCredential? credential)
    {
        Consumer = consumer;
        Credential = credential;
        ConsumerHeaders.Set(Http.Request.Headers, consumer, credential);
    }

    /// <summary>What a plugin left here for a later phase; the key is its instance.</summary>
    public object? GetItem(object key)
    {
        foreach (var item in _items)
        {
            if (ReferenceEquals(item.Key, key))
            {
                return item.Value;
            }
        }

        return null;
    }

    /// <inheritdoc cref="GetItem"/>
    public void SetItem(object key, object value) => _items.Add(new(key, value));

    /// <summary>A text that plugins leave for each other, and for templates (<c>$(shared.name)</c>).</summary>
    public string? GetShared(string name) => _shared?.GetValueOrDefault(name);

    /// <inheritdoc cref="GetShared"/>
    public void SetShared(string name, string value) => (_shared ??= new(StringComparer.Ordinal))[name] = value;

    /// <summary>What a group of the route's path expression matched, by name or number (0: all); null where there is no such group, or the path is no expression.</summary>
    public string? UriCapture(string group) => Plan is { } plan ? UriCaptures.Find(plan.Route, Path, MatchedLength, group) : null;

    /// <summary>
    /// Asks for the response's body. Only in the response phase. The body, an upstream's or the gateway's own, is then held back until it is whole (at most 8 MiB: longer
    /// ones become 502), changed by those who asked, in their order and on a thread of the pool, and sent with its new length. What has no body is not asked for.
    /// </summary>
    public void TransformResponseBody(Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> transform) => _bodyTransforms.Add(transform);

    /// <summary>
    /// Asks for a copy of the response's body, which passes on as it comes. Only in the response phase, and for an upstream's response; in the log phase
    /// <see cref="CapturedResponseBody"/> is there.
    /// </summary>
    /// <param name="limit">Bytes; of a longer body there is no copy.</param>
    public void CaptureResponseBody(int limit) => CaptureLimit = Math.Max(CaptureLimit, limit);

    /// <summary>The body as it was sent to the client, if it was asked for; null where it was too long, or did not end as it should. Only in the log phase.</summary>
    public ReadOnlyMemory<byte>? CapturedResponseBody => Captured?.Whole;

    internal void ForgetBodyTransforms()
    {
        _bodyTransforms.Clear();
        TransformedBody?.Restore();
        TransformedBody?.Dispose();
        TransformedBody = null;
    }

    internal void Begin(HttpContext http, ProxyConnection connection, RuntimeConfiguration configuration, string requestId)
    {
        _http = http;
        _connection = connection;
        _configuration = configuration;
        RequestId = requestId;
        Chain = PluginChain.Empty;
        Timings = RequestTimings.Start();
    }

    internal void End()
    {
        _http = null;
        _configuration = null;
        RequestId = string.Empty;
        RawTarget = string.Empty;
        Path = default;
        ClientAddress = IPAddress.None;
        _connection = null;
        Forwarded = default;
        Scheme = string.Empty;
        Transformer.End();
        Bytes.Reset();
        Consumer = null;
        Credential = null;
        AuthenticatedGroups = null;
        IsProxied = false;
        Plan = null;
        Chain = PluginChain.Empty;
        MatchedLength = 0;
        ClientMethod = string.Empty;
        FailedTargets = default;
        Timings = default;
        _items.Clear();
        _shared = null;
        _bodyTransforms.Clear();
        TransformedBody?.Dispose();
        TransformedBody = null;
        CaptureLimit = 0;
        Captured = null;
        Upstream.Reset();
        UpstreamUri = null;
        TryList.Clear();
        ResponseHeaders.Clear();
    }
}
