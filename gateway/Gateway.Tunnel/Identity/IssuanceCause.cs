namespace Gateway.Tunnel.Identity;

/// <summary>Why a certificate was issued.</summary>
public enum IssuanceCause
{
    /// <summary>A token was presented.</summary>
    Enrollment,

    /// <summary>A certificate was presented that ends, or has ended within the grace time.</summary>
    Renewal,
}
