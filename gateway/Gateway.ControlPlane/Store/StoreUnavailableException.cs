namespace Gateway.ControlPlane.Store;

/// <summary>The database can't be reached or can't answer now. Nothing was half-applied; a write may be repeated.</summary>
public sealed class StoreUnavailableException : Exception
{
    public StoreUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
