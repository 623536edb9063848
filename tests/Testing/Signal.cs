namespace Hybrid.Testing;

/// <summary>Signals by their numbers on Linux.</summary>
public enum Signal
{
    Interrupt = 2,
    Kill = 9,
    Terminate = 15,

    /// <summary>Lets a stopped process go on.</summary>
    Continue = 18,

    /// <summary>Holds a process: it lives and answers nothing.</summary>
    Stop = 19,
}
