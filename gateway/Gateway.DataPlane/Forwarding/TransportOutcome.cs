namespace Gateway.DataPlane.Forwarding;

/// <summary>How one attempt at an upstream ended.</summary>
internal enum TransportOutcome
{
    /// <summary>The upstream answered, and the client has the whole answer.</summary>
    Completed,

    /// <summary>There was no connection, so nothing of the request was sent: another target may be tried.</summary>
    ConnectFailed,

    /// <inheritdoc cref="ConnectFailed"/>
    ConnectTimedOut,

    /// <inheritdoc cref="ConnectFailed"/>
    NameNotResolved,

    /// <summary>The upstream broke off or answered what is no HTTP, before the client had anything.</summary>
    Failed,

    /// <summary>The upstream was silent for longer than the service allows, before the client had anything.</summary>
    TimedOut,

    /// <summary>The answer broke off after the client had its beginning: the client's connection is closed.</summary>
    Interrupted,

    /// <summary>The client went away.</summary>
    ClientGone,

    /// <summary>The client's own request was malformed; <see cref="TransportResult.Fault"/> says how.</summary>
    ClientFault,
}
