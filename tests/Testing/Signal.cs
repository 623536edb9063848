namespace Hybrid.Testing;

/// <summary>Signals by their POSIX numbers.</summary>
public enum Signal
{
    Interrupt = 2,
    Kill = 9,
    Terminate = 15,
}
