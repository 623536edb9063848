using System.Net;
using Gateway.Tunnel.Hosting;
using Gateway.Tunnel.Identity;
using Gateway.Tunnel.Protocol;
using Gateway.Tunnel.Publication.Streams;
using Grpc.Core;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gateway.Tunnel.Enrollment;

/// <summary>
/// Renews a data plane's certificate over the configuration tunnel, with a fresh key: between half and two thirds of its life, soon after another generation began
/// to sign, and, where that could not be, for as long as the control plane still lets it.
/// </summary>
internal sealed class CertificateRenewer(
    CertificateFiles certificates, RenewalState state, TunnelClientOptions options, TimeProvider time, ILogger<CertificateRenewer> logger) : BackgroundService
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromMinutes(10);

    /// <summary>A control plane that signs nothing may be given a key.</summary>
    private static readonly TimeSpan AskAgain = TimeSpan.FromHours(1);

    private readonly WakeSignal _wake = new();
    private CertificateMaterial? _planned;
    private bool _plannedForRotation;
    private DateTimeOffset _due;
    private bool _saidElsewhere;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (CertificateInstaller.ProblemOf(certificates.Paths) is { } unwritable)
        {
            EnrollmentLog.Elsewhere(logger, certificates.Paths.Certificate, unwritable);
            return;
        }

        certificates.Changed += OnChanged;
        state.SignerChanged += OnChanged;
        try
        {
            await RenewAsync(stoppingToken);
        }
        finally
        {
            certificates.Changed -= OnChanged;
            state.SignerChanged -= OnChanged;
        }
    }

    private void OnChanged(object? sender, EventArgs changed) => _wake.Set();

    private async Task RenewAsync(CancellationToken stoppingToken)
    {
        var backOff = new BackOff(TimeSpan.FromSeconds(1), LongestBackOff);
        for (var attempt = 0; ; attempt++)
        {
            await UntilDueAsync(stoppingToken);
            var address = options.ControlPlanes[attempt % options.ControlPlanes.Count];
            var (problem, isElsewhere) = await AttemptAsync(address, stoppingToken);
            state.Current = state.Current with { Problem = problem };
            if (problem is null)
            {
                backOff.Reset();
                continue;
            }

            var delay = isElsewhere ? AskAgain + BackOff.Within(AskAgain) : backOff.Next();
            _due = time.GetUtcNow() + delay;
            Report(problem, isElsewhere, delay);
        }
    }

    private void Report(string problem, bool isElsewhere, TimeSpan delay)
    {
        if (!isElsewhere)
        {
            EnrollmentLog.NotRenewed(logger, certificates.Current.NotAfter, problem, delay);
        }
        else if (!_saidElsewhere)
        {
            _saidElsewhere = true;
            EnrollmentLog.Elsewhere(logger, certificates.Paths.Certificate, problem);
        }
    }

    private async Task UntilDueAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            Plan();
            var wait = _due - time.GetUtcNow();
            if (wait <= TimeSpan.Zero)
            {
                return;
            }

            await using var timer = time.CreateTimer(_ => _wake.Set(), null, RenewalTime.Timer(wait), Timeout.InfiniteTimeSpan);
            await _wake.WaitAsync(stoppingToken);
        }
    }

    /// <summary>Anew for each certificate, and once more where its generation no longer signs.</summary>
    private void Plan()
    {
        var current = certificates.Current;
        if (!ReferenceEquals(current, _planned))
        {
            _planned = current;
            _plannedForRotation = false;
            _due = RenewalTime.Of(current);
        }

        if (!_plannedForRotation && state.Signer is { Length: > 0 } signer && !current.IsSignedBy(signer))
        {
            _plannedForRotation = true;
            var soon = time.GetUtcNow() + BackOff.Within(options.RotationSpread);
            _due = soon < _due ? soon : _due;
        }

        state.Current = state.Current with { Due = _due };
    }

    private async Task<(string? Problem, bool IsElsewhere)> AttemptAsync(DnsEndPoint address, CancellationToken stoppingToken)
    {
        var material = certificates.Current;
        using var channel = new TunnelChannel(address, options.ServerName ?? address.Host, material, options.Proxy, options.ConnectTimeout, time);
        using var request = new SigningRequest();
        try
        {
            var issued = await new Cluster.ClusterClient(channel.Channel).RenewAsync(
                new RenewRequest { SigningRequest = request.Encode(material.Identity.Site!) },
                deadline: (time.GetUtcNow() + CallTimeout).UtcDateTime,
                cancellationToken: stoppingToken);
            var content = new CertificateFileSet(issued.Certificate, request.ExportKey(), issued.Authorities);
            var renewed = CertificateMaterial.Parse(certificates.Paths, content, PeerRole.DataPlane, material.Identity.TrustDomain);
            if (renewed.Identity != material.Identity)
            {
                return ($"the new certificate names {renewed.Identity}", false);
            }

            certificates.Install(content);
            Plan();
            EnrollmentLog.Renewed(logger, renewed.NotAfter, _due);
            return (null, false);
        }
        catch (RpcException error)
        {
            stoppingToken.ThrowIfCancellationRequested();
            var problem = channel.Refusal is { } refusal ? $"its certificate is refused: {refusal.Problem}" : error.Status.Detail;
            return (problem, error.StatusCode is StatusCode.FailedPrecondition or StatusCode.Unimplemented);
        }
        catch (CertificateException error)
        {
            return (error.Message, false);
        }
    }
}
