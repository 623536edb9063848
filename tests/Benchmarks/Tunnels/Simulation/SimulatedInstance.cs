using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Gateway.Tunnel.Protocol;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;

namespace Hybrid.Benchmarks.Tunnels.Simulation;

/// <summary>
/// One instance as the control plane sees it: its own TLS connection, hello, heartbeats, an acknowledgement for each update, and a reconnect with back-off and full jitter. It takes the update's hash as its
/// own instead of applying it.
/// </summary>
internal sealed class SimulatedInstance(Uri address, SslStreamCertificateContext certificate, X509Certificate2Collection authorities, Deliveries deliveries)
{
    private static readonly TimeSpan FirstBackOff = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromSeconds(30);

    /// <summary>From the connection's beginning to the welcome, as a data plane waits.</summary>
    private static readonly TimeSpan WelcomeTime = TimeSpan.FromSeconds(20);

    private readonly byte[] _id = RandomNumberGenerator.GetBytes(16);
    private Applied? _applied;
    private bool _welcomed;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // A UUID of version 4, as the protocol asks.
        _id[6] = (byte)((_id[6] & 0x0f) | 0x40);
        _id[8] = (byte)((_id[8] & 0x3f) | 0x80);
        var backOff = FirstBackOff;
        while (!cancellationToken.IsCancellationRequested)
        {
            _welcomed = false;
            try
            {
                await StreamAsync(cancellationToken);
            }
            catch (Exception problem) when (!cancellationToken.IsCancellationRequested)
            {
                // Away, ended, or cut in mid-write, in whatever form the client library says it: tried again, since an instance that stopped would never be counted as back.
                await Console.Error.WriteLineAsync(problem is RpcException { Status: var status } ? $"{status.StatusCode}: {status.Detail}" : $"{problem.GetType().Name}: {problem.Message}");
            }

            if (_welcomed)
            {
                deliveries.Disconnect();
                backOff = FirstBackOff;
            }

            await Task.Delay(backOff * Random.Shared.NextDouble(), cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            backOff = backOff * 2 < LongestBackOff ? backOff * 2 : LongestBackOff;
        }
    }

    private async Task StreamAsync(CancellationToken cancellationToken)
    {
        using var channel = GrpcChannel.ForAddress(address, new GrpcChannelOptions { HttpHandler = Handler(), DisposeHttpClient = true });
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(WelcomeTime);
        using var call = new Cluster.ClusterClient(channel).Connect(cancellationToken: patience.Token);
        var hello = new Hello { ProtocolVersion = 1, InstanceId = ByteString.CopyFrom(_id), Hostname = "simulated", GatewayVersion = "0.1.0", Applied = _applied };
        foreach (var plugin in (string[])["correlation-id", "key-auth", "rate-limiting", "request-termination"])
        {
            hello.Plugins.Add(plugin, "1.0.0");
        }

        await call.RequestStream.WriteAsync(new InstanceMessage { Hello = hello }, cancellationToken);
        Update? update = null;
        ulong pending = 0;
        using var heartbeats = new CancellationTokenSource();
        var beating = Task.CompletedTask;
        using var writing = new SemaphoreSlim(1);
        try
        {
            while (await call.ResponseStream.MoveNext(cancellationToken))
            {
                var message = call.ResponseStream.Current;
                switch (message.KindCase)
                {
                    case ControlPlaneMessage.KindOneofCase.Welcome:
                        _welcomed = true;
                        patience.CancelAfter(Timeout.InfiniteTimeSpan);
                        deliveries.Connect();
                        beating = BeatAsync(call, writing, TimeSpan.FromMilliseconds(message.Welcome.HeartbeatInterval / 2d), heartbeats.Token);
                        break;
                    case ControlPlaneMessage.KindOneofCase.Update:
                        (update, pending) = (message.Update, message.Update.PayloadSize - (ulong)message.Update.Payload.Length);
                        break;
                    case ControlPlaneMessage.KindOneofCase.UpdatePart:
                        pending -= (ulong)message.UpdatePart.Payload.Length;
                        break;
                }

                if (update is not null && pending is 0)
                {
                    _applied = new Applied { Channel = update.Channel, Revision = update.Revision, Hash = update.Hash };
                    update = null;
                    await WriteAsync(call, writing, new InstanceMessage { Acknowledgement = new Acknowledgement { Revision = _applied.Revision, Hash = _applied.Hash } }, cancellationToken);
                    deliveries.Acknowledge(_applied.Revision);
                }
            }
        }
        finally
        {
            await heartbeats.CancelAsync();
            await beating;
        }
    }

    private static async Task WriteAsync(AsyncDuplexStreamingCall<InstanceMessage, ControlPlaneMessage> call, SemaphoreSlim writing, InstanceMessage message, CancellationToken cancellationToken)
    {
        await writing.WaitAsync(cancellationToken);
        try
        {
            await call.RequestStream.WriteAsync(message, cancellationToken);
        }
        finally
        {
            writing.Release();
        }
    }

    private async Task BeatAsync(AsyncDuplexStreamingCall<InstanceMessage, ControlPlaneMessage> call, SemaphoreSlim writing, TimeSpan interval, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(interval);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                await WriteAsync(call, writing, new InstanceMessage { Heartbeat = new Heartbeat { Applied = _applied } }, cancellationToken);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or RpcException or InvalidOperationException)
        {
            // With the stream: its reader says why.
        }
    }

    private SocketsHttpHandler Handler() => new()
    {
        UseProxy = false,
        PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
        ConnectCallback = async (context, cancellationToken) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
                return new CountingStream(new NetworkStream(socket, ownsSocket: true), deliveries.Receive);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
        SslOptions = new SslClientAuthenticationOptions
        {
            EnabledSslProtocols = SslProtocols.Tls13,
            ClientCertificateContext = certificate,
            AllowTlsResume = false,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
            CertificateChainPolicy = Trusting(authorities),
        },
    };

    private static X509ChainPolicy Trusting(X509Certificate2Collection authorities)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(authorities);
        return policy;
    }
}
