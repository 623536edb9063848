using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using Gateway.DataPlane.Balancing;
using Gateway.DataPlane.Model;
using Gateway.Model.Entities;

namespace Gateway.DataPlane.Health;

/// <summary>Asks one target once, over a connection of its own, as a client without a pool would find it.</summary>
internal sealed class HealthProbe : IDisposable
{
    private const string UserAgent = "gateway-health-check";
    private const string GrpcMethod = "/grpc.health.v1.Health/Check";

    private readonly ActiveHealthcheck _check;
    private readonly TimeProvider _time;
    private readonly HttpMessageInvoker? _invoker;
    private readonly bool _isTls;
    private readonly bool _isGrpc;

    /// <param name="presented">What targets are shown that ask for a certificate; null for nothing.</param>
    public HealthProbe(ActiveHealthcheck check, CertificateModel? presented, TimeProvider time)
    {
        _check = check;
        _time = time;
        _isTls = check.Type is "https" or "grpcs";
        _isGrpc = check.Type is "grpc" or "grpcs";
        _invoker = check.Type is "tcp" ? null : new HttpMessageInvoker(Handler(check, presented));
    }

    /// <summary>Throws only where <paramref name="cancellationToken"/> says so.</summary>
    public async Task<ProbeResult> RunAsync(TargetModel target, CancellationToken cancellationToken)
    {
        using var limit = _check.Timeout > 0
            ? new CancellationTokenSource(TimeSpan.FromSeconds(_check.Timeout), _time)
            : new CancellationTokenSource();
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return _invoker is null ? await ConnectAsync(target, both.Token)
                : _isGrpc ? await AskGrpcAsync(_invoker, target, both.Token)
                : await AskAsync(_invoker, target, both.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ProbeResult(PeerFailure.Timeout);
        }
        catch (Exception failure) when (failure is HttpRequestException or SocketException or IOException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return new ProbeResult(PeerFailure.Tcp);
        }
    }

    public void Dispose() => _invoker?.Dispose();

    private static async Task<ProbeResult> ConnectAsync(TargetModel target, CancellationToken cancellationToken)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Parse(target.Host), target.Port, cancellationToken);
        return ProbeResult.Success;
    }

    private async Task<ProbeResult> AskAsync(HttpMessageInvoker invoker, TargetModel target, CancellationToken cancellationToken)
    {
        using var request = Request(HttpMethod.Get, target, _check.HttpPath);
        request.Headers.ConnectionClose = true;
        using var response = await invoker.SendAsync(request, cancellationToken);
        return new ProbeResult(Failure: null, (int)response.StatusCode);
    }

    // The gRPC health checking protocol, asked for the server as a whole: an empty request.
    private async Task<ProbeResult> AskGrpcAsync(HttpMessageInvoker invoker, TargetModel target, CancellationToken cancellationToken)
    {
        using var request = Request(HttpMethod.Post, target, GrpcMethod);
        request.Version = HttpVersion.Version20;
        request.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        request.Content = new ByteArrayContent(new byte[GrpcHealthReply.PrefixLength]);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        using var response = await invoker.SendAsync(request, cancellationToken);
        var isServing = response.StatusCode == HttpStatusCode.OK
            && GrpcHealthReply.IsServing(await ReadAsync(response.Content, cancellationToken))
            && response.TrailingHeaders.TryGetValues("grpc-status", out var status)
            && status.FirstOrDefault() is "0";
        return isServing ? ProbeResult.Success : new ProbeResult(PeerFailure.Http);
    }

    private static async Task<byte[]> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[GrpcHealthReply.LongestReply];
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return buffer[..length];
    }

    private HttpRequestMessage Request(HttpMethod method, TargetModel target, string path)
    {
        var request = new HttpRequestMessage(method, target.BaseAddress(_isTls) + path) { VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        request.Headers.Host = target.HostHeader(_isTls);
        request.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
        if (_check.Headers is null)
        {
            return request;
        }

        foreach (var (name, values) in _check.Headers)
        {
            if (name.Equals("host", StringComparison.OrdinalIgnoreCase) && values.Count > 0)
            {
                request.Headers.Host = values[0];
                continue;
            }

            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, values);
        }

        return request;
    }

    private static SocketsHttpHandler Handler(ActiveHealthcheck check, CertificateModel? presented)
    {
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            ActivityHeadersPropagator = null,

            // A probe tells whether a connection can be made.
            PooledConnectionLifetime = TimeSpan.Zero,
            SslOptions = new SslClientAuthenticationOptions { ClientCertificateContext = presented?.Context },
        };
        if (check.HttpsSni is { } sni)
        {
            handler.SslOptions.TargetHost = sni;
        }

        if (!check.HttpsVerifyCertificate)
        {
            handler.SslOptions.RemoteCertificateValidationCallback = AcceptAny;
        }

        return handler;
    }

    // Reached only where https_verify_certificate is off.
#pragma warning disable CA5359
    private static bool AcceptAny(object sender, object? certificate, object? chain, SslPolicyErrors errors) => true;
#pragma warning restore CA5359
}
