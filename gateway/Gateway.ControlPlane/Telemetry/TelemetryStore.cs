using Gateway.ControlPlane.Store;
using Gateway.ControlPlane.Store.Databases;
using Gateway.Tunnel.Telemetry;

namespace Gateway.ControlPlane.Telemetry;

/// <summary>Folds what data planes count into per-minute series, and into the totals that <c>/metrics</c> shows.</summary>
internal sealed class TelemetryStore(StoreDatabase database, ControlPlaneOptions options, StreamCounts streams, TelemetryTotals totals) : ITelemetryStore
{
    public async Task<FoldOutcome> FoldAsync(IReadOnlyList<TelemetryPoint> points, CancellationToken cancellationToken)
    {
        if (points.Count == 0)
        {
            return FoldOutcome.Nothing;
        }

        // By site, in one order, so that two folds never wait for each other.
        var sites = points.GroupBy(point => point.Site, StringComparer.Ordinal).OrderBy(site => site.Key, StringComparer.Ordinal).ToList();
        var folds = new List<TelemetryFold>();
        try
        {
            await using var context = database.CreateContext();
            await using var transaction = await database.BeginWriteAsync(context, alone: false, cancellationToken);
            foreach (var site in sites)
            {
                // An export that is repeated through another replica waits for the first.
                await database.LockNameAsync(context, $"telemetry/{site.Key}", cancellationToken);
                var fold = await TelemetryFold.ReadAsync(context, site.Key, [.. site], options, streams, cancellationToken);
                fold.Add(site);
                folds.Add(fold);
            }

            await context.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (Exception exception) when (database.Classify(exception) is StoreFailure.Unavailable or StoreFailure.Conflict)
        {
            throw new StoreUnavailableException($"the database {database.Description} is not available: {exception.GetBaseException().Message}", exception);
        }

        foreach (var fold in folds)
        {
            streams.Added(fold.Site, fold.NewStreams);
            totals.Add(fold.Site, fold.Gains);
        }

        return new FoldOutcome(folds.Sum(fold => fold.Overflowed), folds.Sum(fold => fold.Refused));
    }
}
