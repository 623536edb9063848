namespace Gateway.DataPlane.Balancing;

/// <summary>
/// Whether a peer gets requests: the counters of Kong's health checks, fed by probes and by traffic alike. A success clears the failures, a failure the successes;
/// a counter that reaches its limit turns the peer; a limit of 0 counts nothing.
/// </summary>
internal sealed class PeerHealth
{
    private readonly Lock _gate = new();
    private int _successes;
    private int _httpFailures;
    private int _tcpFailures;
    private int _timeouts;
    private volatile bool _isHealthy = true;
    private volatile bool _hasFailures;
    private volatile bool _onProbation;
    private long _changedAt;

    /// <summary>True until checks say otherwise.</summary>
    public bool IsHealthy => _isHealthy;

    /// <summary>Timestamp of the last turn; 0 where there was none.</summary>
    public long ChangedAt => Volatile.Read(ref _changedAt);

    /// <summary>True where the peer turned.</summary>
    /// <param name="limit">How many successes make an unhealthy peer healthy; 0: any number does not.</param>
    public bool Succeed(int limit, long now)
    {
        // Almost every report: nothing to clear, nothing to count.
        if (_isHealthy && !_hasFailures)
        {
            return false;
        }

        lock (_gate)
        {
            _httpFailures = _tcpFailures = _timeouts = 0;
            _hasFailures = false;
            _onProbation = false;
            if (_isHealthy || limit == 0 || ++_successes < limit)
            {
                return false;
            }

            Turn(healthy: true, now);
            return true;
        }
    }

    /// <inheritdoc cref="Succeed"/>
    /// <param name="limit">How many failures of this kind make a healthy peer unhealthy; 0: any number does not.</param>
    public bool Fail(PeerFailure kind, int limit, long now)
    {
        if (limit == 0)
        {
            return false;
        }

        lock (_gate)
        {
            _successes = 0;
            if (!_isHealthy)
            {
                return false;
            }

            _hasFailures = true;
            var failures = kind switch
            {
                PeerFailure.Http => ++_httpFailures,
                PeerFailure.Tcp => ++_tcpFailures,
                _ => ++_timeouts,
            };
            if (failures < limit && !_onProbation)
            {
                return false;
            }

            Turn(healthy: false, now);
            return true;
        }
    }

    /// <summary>
    /// Lets requests try a peer again that nothing but requests could heal. The first failure that counts turns it back, whatever the limit; the first success ends
    /// the probation.
    /// </summary>
    public bool TryOnProbation(long now)
    {
        lock (_gate)
        {
            if (_isHealthy)
            {
                return false;
            }

            Turn(healthy: true, now);
            _onProbation = true;
            _hasFailures = true;
            return true;
        }
    }

    /// <summary>Forgets everything: health checks were switched off.</summary>
    public void Reset()
    {
        lock (_gate)
        {
            _successes = _httpFailures = _tcpFailures = _timeouts = 0;
            _hasFailures = false;
            _onProbation = false;
            _isHealthy = true;
            _changedAt = 0;
        }
    }

    private void Turn(bool healthy, long now)
    {
        _successes = _httpFailures = _tcpFailures = _timeouts = 0;
        _hasFailures = false;
        _onProbation = false;
        Volatile.Write(ref _changedAt, now);
        _isHealthy = healthy;
    }
}
