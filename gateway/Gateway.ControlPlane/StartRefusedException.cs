namespace Gateway.ControlPlane;

/// <summary>The control plane can't start as it is configured; the message is the one clear line that says why.</summary>
public sealed class StartRefusedException : Exception
{
    public StartRefusedException(string message)
        : base(message)
    {
    }

    public StartRefusedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
