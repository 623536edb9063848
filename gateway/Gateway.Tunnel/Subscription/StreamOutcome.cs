namespace Gateway.Tunnel.Subscription;

/// <summary>How a stream ended.</summary>
/// <param name="WasWelcomed">Whether it ever worked: then back-off begins anew.</param>
/// <param name="RetryWithin">Where the control plane asked for an early retry elsewhere, the time to spread it over.</param>
internal sealed record StreamOutcome(bool WasWelcomed, string Problem, TimeSpan? RetryWithin = null);
