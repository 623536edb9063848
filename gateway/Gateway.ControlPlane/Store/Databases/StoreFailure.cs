namespace Gateway.ControlPlane.Store.Databases;

/// <summary>What a provider's exception means to the store.</summary>
internal enum StoreFailure
{
    Other,
    UniqueViolation,

    /// <summary>Another transaction came in between: the whole transaction is tried again.</summary>
    Conflict,
    Unavailable,
}
