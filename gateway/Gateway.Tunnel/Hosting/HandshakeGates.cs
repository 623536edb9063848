namespace Gateway.Tunnel.Hosting;

/// <summary>One gate for the tunnels and one for enrolment: whoever knocks at the one does not fill the other.</summary>
internal sealed class HandshakeGates : IDisposable
{
    private readonly HandshakeGate _tunnels = new();
    private readonly HandshakeGate _enrollment = new();

    public HandshakeGate Of(TunnelKind kind) => kind == TunnelKind.Enrollment ? _enrollment : _tunnels;

    public void Dispose()
    {
        _tunnels.Dispose();
        _enrollment.Dispose();
    }
}
