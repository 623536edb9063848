using Gateway.Tunnel.Hosting;
using Gateway.Tunnel.Identity;

namespace Gateway.Tunnel.Subscription;

/// <summary>
/// Decides when a working connection is given up for newer certificate files. One that still is what it should be stays: only before its own certificate ends,
/// or at once where its server is no longer trusted or our name has changed.
/// </summary>
internal sealed class ConnectionRenewal : IDisposable
{
    /// <summary>A connection is renewed this long before its certificate ends, at most; a tenth of what is left where that is shorter.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    /// <summary>Timers take no more than about 49 days.</summary>
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(40);

    private readonly CancellationTokenSource _source = new();
    private readonly CertificateFiles _certificates;
    private readonly TunnelChannel _channel;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private ITimer? _timer;
    private DateTimeOffset? _giveUpAt;
    private bool _disposed;

    public ConnectionRenewal(CertificateFiles certificates, TunnelChannel channel, TimeProvider time)
    {
        (_certificates, _channel, _time) = (certificates, channel, time);
        _certificates.Changed += OnChanged;
        Consider();
    }

    /// <summary>Cancelled when the connection shall be given up.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Why; null while it shall stay.</summary>
    public string? Reason { get; private set; }

    public void Dispose()
    {
        _certificates.Changed -= OnChanged;
        lock (_lock)
        {
            _disposed = true;
            _timer?.Dispose();
            _source.Dispose();
        }
    }

    private void OnChanged(object? sender, EventArgs changed) => Consider();

    private void Consider()
    {
        lock (_lock)
        {
            var current = _certificates.Current;
            if (_disposed || ReferenceEquals(current, _channel.Material))
            {
                return;
            }

            if (current.Identity != _channel.Material.Identity)
            {
                GiveUp("our certificate names another site");
            }
            else if (!_channel.IsTrustedBy(current.Authorities))
            {
                GiveUp("the control plane is not trusted by the new authorities");
            }
            else
            {
                GiveUpBefore(_channel.Material.NotAfter);
            }
        }
    }

    private void GiveUpBefore(DateTimeOffset end)
    {
        var now = _time.GetUtcNow();
        if (_giveUpAt is null)
        {
            var left = end > now ? end - now : TimeSpan.Zero;
            var margin = Margin < left / 10 ? Margin : left / 10;

            // Spread: the certificates of all instances of a site end at the same time.
            _giveUpAt = end - margin - BackOff.Within(margin);
        }

        var due = _giveUpAt.Value - now;
        if (due <= TimeSpan.Zero)
        {
            GiveUp("the certificate of this connection ends");
            return;
        }

        _timer?.Dispose();
        _timer = _time.CreateTimer(_ => Consider(), null, due < LongestTimer ? due : LongestTimer, Timeout.InfiniteTimeSpan);
    }

    private void GiveUp(string reason)
    {
        Reason ??= reason;

        // Elsewhere: what follows a cancellation must not run under our lock.
        _ = _source.CancelAsync();
    }
}
