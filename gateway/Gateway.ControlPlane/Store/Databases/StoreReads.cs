using Gateway.ControlPlane.Store.Schema;

namespace Gateway.ControlPlane.Store.Databases;

internal static class StoreReads
{
    /// <summary>Reads in a context of its own.</summary>
    /// <exception cref="StoreUnavailableException">The database is away.</exception>
    public static async Task<T> ReadAsync<T>(this StoreDatabase database, Func<StoreContext, Task<T>> read)
    {
        try
        {
            await using var context = database.CreateContext();
            return await read(context);
        }
        catch (Exception exception) when (database.Classify(exception) is StoreFailure.Unavailable)
        {
            throw new StoreUnavailableException($"the database {database.Description} is not available: {exception.GetBaseException().Message}", exception);
        }
    }
}
