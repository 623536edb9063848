using Gateway.Tunnel.Hosting;
using Gateway.Tunnel.Identity;
using Gateway.Tunnel.Payloads;
using Gateway.Tunnel.Protocol;
using Gateway.Tunnel.Sites;
using Gateway.Tunnel.Tests.Support;
using Google.Protobuf;
using Grpc.Core;
using Hybrid.Testing;
using Change = Gateway.Tunnel.Tests.Support.Change;

namespace Gateway.Tunnel.Tests.Publication;

/// <summary>The control plane with a client that says what it likes.</summary>
public sealed class ProtocolTests : IAsyncLifetime
{
    private readonly TestCertificates _certificates = new();
    private readonly TestControlPlane _controlPlane;

    public ProtocolTests()
    {
        _controlPlane = new TestControlPlane(_certificates);
        _controlPlane.Sites.Set("on-prem");
        _controlPlane.Log.Write(Change.Many(20));
    }

    public async ValueTask InitializeAsync()
    {
        await _controlPlane.StartAsync();
        await _controlPlane.Published(1);
    }

    public async ValueTask DisposeAsync()
    {
        await _controlPlane.DisposeAsync();
        _certificates.Dispose();
    }

    [Fact]
    public async Task A_hash_mismatch_is_answered_by_one_snapshot_and_then_listed()
    {
        using var channel = Channel();
        using var call = await HelloAsync(channel, Hello());
        var snapshot = await NextUpdateAsync(call);
        Assert.Null(snapshot.Base);
        await AnswerAsync(call, new InstanceMessage { Acknowledgement = new Acknowledgement { Revision = 1, Hash = snapshot.Hash } });

        _controlPlane.Log.Write(Change.Put(1, "changed"));
        var delta = await NextUpdateAsync(call);
        Assert.Equal((1L, snapshot.Hash), (delta.Base.Revision, delta.Base.Hash));
        await AnswerAsync(call, Mismatch(2));
        var second = await NextUpdateAsync(call);
        Assert.Equal((2L, true), (second.Revision, second.Base is null));
        await AnswerAsync(call, Mismatch(2));
        await Eventually.TrueAsync(() => _controlPlane.Instances.Of("on-prem") is { SyncStatus: SyncStatus.HashMismatch, Revision: 1 });
        var notice = await NextAsync(call, ControlPlaneMessage.KindOneofCase.Notice);
        Assert.Equal(State.HashMismatch, notice.Notice.State);
    }

    [Fact]
    public async Task A_base_of_another_store_is_answered_by_a_snapshot()
    {
        using var channel = Channel();
        var hello = Hello();
        hello.Applied = new Applied { Revision = 1, Hash = new string('0', 64) };
        using var call = await HelloAsync(channel, hello);
        Assert.Null((await NextUpdateAsync(call)).Base);
    }

    [Theory]
    [InlineData("0.2.0")]
    [InlineData("1.1.0")]
    [InlineData("nonsense")]
    public async Task An_incompatible_version_is_told_and_listed_and_keeps_what_it_has(string version)
    {
        using var channel = Channel();
        var hello = Hello();
        hello.GatewayVersion = version;
        using var call = await HelloAsync(channel, hello, State.VersionIncompatible);
        await Eventually.TrueAsync(() => _controlPlane.Instances.Of("on-prem") is { SyncStatus: SyncStatus.VersionIncompatible, LastRefusal: not null });

        // Heartbeats and nothing else.
        Assert.Equal(ControlPlaneMessage.KindOneofCase.Heartbeat, (await NextAsync(call)).KindCase);
        Assert.Equal(ControlPlaneMessage.KindOneofCase.Heartbeat, (await NextAsync(call)).KindCase);
    }

    [Fact]
    public async Task An_instance_that_falls_silent_is_disconnected()
    {
        using var channel = Channel();
        using var call = await HelloAsync(channel, Hello());
        var farewell = await NextAsync(call, ControlPlaneMessage.KindOneofCase.Disconnect);
        Assert.Equal(Disconnect.Types.Cause.Silent, farewell.Disconnect.Cause);
        await Eventually.TrueAsync(() => _controlPlane.Instances.Of("on-prem") is { Connected: false });
    }

    [Fact]
    public async Task A_later_stream_of_the_same_instance_takes_the_place_of_the_first()
    {
        using var channel = Channel();
        var hello = Hello();
        using var first = await HelloAsync(channel, hello);
        using var second = await HelloAsync(channel, hello);
        var farewell = await NextAsync(first, ControlPlaneMessage.KindOneofCase.Disconnect);
        Assert.Equal(Disconnect.Types.Cause.Superseded, farewell.Disconnect.Cause);
        await AnswerAsync(second, new InstanceMessage { Heartbeat = new Heartbeat() });
        Assert.DoesNotContain(_controlPlane.Instances.Reports, report => !report.Connected);
    }

    [Fact]
    public async Task A_graceful_stop_sends_instances_elsewhere()
    {
        using var channel = Channel();
        using var call = await HelloAsync(channel, Hello());
        var stopping = _controlPlane.StopGracefullyAsync();
        var farewell = await NextAsync(call, ControlPlaneMessage.KindOneofCase.Disconnect);
        Assert.Equal((Disconnect.Types.Cause.ShuttingDown, Disconnect.Types.Retry.Elsewhere), (farewell.Disconnect.Cause, farewell.Disconnect.Retry));
        await call.RequestStream.CompleteAsync();
        await stopping;
    }

    [Fact]
    public async Task An_acknowledgement_of_what_was_not_sent_ends_the_stream()
    {
        using var channel = Channel();
        using var call = await HelloAsync(channel, Hello());
        await AnswerAsync(call, new InstanceMessage { Acknowledgement = new Acknowledgement { Revision = 77, Hash = "" } });
        var farewell = await NextAsync(call, ControlPlaneMessage.KindOneofCase.Disconnect);
        Assert.Equal(Disconnect.Types.Cause.ProtocolError, farewell.Disconnect.Cause);
    }

    [Fact]
    public async Task Hellos_out_of_bounds_are_refused_with_the_field()
    {
        await AssertRefusedAsync(hello => hello.ProtocolVersion = 2, StatusCode.Unimplemented, "protocol_version");
        await AssertRefusedAsync(hello => hello.InstanceId = ByteString.CopyFromUtf8("short"), StatusCode.InvalidArgument, "instance_id");
        await AssertRefusedAsync(hello => hello.Hostname = new string('x', 254), StatusCode.InvalidArgument, "hostname");
        await AssertRefusedAsync(hello => hello.GatewayVersion = "", StatusCode.InvalidArgument, "gateway_version");
        await AssertRefusedAsync(hello => hello.Applied = new Applied { Revision = 1, Hash = "ABC" }, StatusCode.InvalidArgument, "applied");
        await AssertRefusedAsync(hello => hello.Hostname = new string('x', 1024 * 1024), StatusCode.ResourceExhausted, "");
    }

    private async Task AssertRefusedAsync(Action<Hello> change, StatusCode code, string field)
    {
        using var channel = Channel();
        var hello = Hello();
        change(hello);
        using var call = new Cluster.ClusterClient(channel.Channel).Connect(cancellationToken: TestContext.Current.CancellationToken);
        try
        {
            await AnswerAsync(call, new InstanceMessage { Hello = hello });
        }
        catch (RpcException)
        {
            // Refused before all of it was sent: the status says why.
        }

        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        Assert.Equal(code, error.StatusCode);
        Assert.StartsWith(field, error.Status.Detail, StringComparison.Ordinal);
    }

    private TunnelChannel Channel()
    {
        var material = CertificateMaterial.Load(_certificates.Site("on-prem"), PeerRole.DataPlane, null);
        return new TunnelChannel(_controlPlane.Address, "localhost", material, null, TimeSpan.FromSeconds(10), TimeProvider.System);
    }

    private static Hello Hello() => new()
    {
        ProtocolVersion = 1,
        InstanceId = ChangeSetCodec.ToBytes(Guid.NewGuid()),
        Hostname = "host",
        GatewayVersion = "0.1.7",
    };

    private static InstanceMessage Mismatch(long revision) => new()
    {
        Refusal = new Refusal
        {
            Revision = revision,
            Kind = Refusal.Types.Kind.HashMismatch,
            Reasons = { new Reason { Field = "hash", Problem = "it differs" } },
        },
    };

    private async Task<AsyncDuplexStreamingCall<InstanceMessage, ControlPlaneMessage>> HelloAsync(
        TunnelChannel channel, Hello hello, State? state = null)
    {
        var call = new Cluster.ClusterClient(channel.Channel).Connect(cancellationToken: TestContext.Current.CancellationToken);
        await AnswerAsync(call, new InstanceMessage { Hello = hello });
        var welcome = (await NextAsync(call)).Welcome;
        Assert.Equal(("test.example", "on-prem"), (welcome.TrustDomain, welcome.Site));
        if (state is not null)
        {
            Assert.Equal(state, welcome.State);
            Assert.Equal("gateway_version", welcome.Reasons.Single().Field);
        }

        var authorities = (await NextAsync(call)).Authorities;
        Assert.Equal((_certificates.Authority.CertificatePem, ""), (authorities.Pem, authorities.Signer));
        return call;
    }

    private static Task AnswerAsync(AsyncDuplexStreamingCall<InstanceMessage, ControlPlaneMessage> call, InstanceMessage message) =>
        call.RequestStream.WriteAsync(message, TestContext.Current.CancellationToken);

    private static async Task<Update> NextUpdateAsync(AsyncDuplexStreamingCall<InstanceMessage, ControlPlaneMessage> call) =>
        (await NextAsync(call, ControlPlaneMessage.KindOneofCase.Update)).Update;

    private static async Task<ControlPlaneMessage> NextAsync(
        AsyncDuplexStreamingCall<InstanceMessage, ControlPlaneMessage> call, ControlPlaneMessage.KindOneofCase? kind = null)
    {
        while (true)
        {
            Assert.True(await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
            if (kind is null || call.ResponseStream.Current.KindCase == kind)
            {
                return call.ResponseStream.Current;
            }
        }
    }
}
