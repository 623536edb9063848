namespace Gateway.Tunnel.Enrollment;

/// <summary>How the renewal of a data plane's certificate stands, for <c>/status</c>.</summary>
public sealed class RenewalState
{
    private volatile string _signer = "";

    private volatile RenewalStatus _current = new(Due: null, Problem: null);

    public RenewalStatus Current
    {
        get => _current;
        internal set => _current = value;
    }

    /// <summary>The authority that signs renewals, as the control plane said last; empty where none does.</summary>
    internal string Signer
    {
        get => _signer;
        set
        {
            if (_signer != value)
            {
                _signer = value;
                SignerChanged?.Invoke(this, EventArgs.Empty);
            }
        }
    }

    internal event EventHandler? SignerChanged;
}
