namespace Gateway.DataPlane.Telemetry;

/// <summary>The series of one service and route: a slot per status that occurred, found without a lookup by name.</summary>
internal sealed class RouteMetrics(string service, string route, SeriesBudget budget, StatusMetrics overflow)
{
    private readonly Lock _adding = new();

    // Replaced as a whole when a status occurs for the first time. A route has few.
    private volatile StatusSlot[] _slots = [];

    public string Service { get; } = service;

    public string Route { get; } = route;

    /// <summary>The slots that count here; what counts in the overflow is not among them.</summary>
    public IEnumerable<StatusSlot> Series => _slots.Where(slot => !ReferenceEquals(slot.Metrics, overflow));

    /// <summary>The slot to count in; the overflow slot where the budget is spent.</summary>
    public StatusMetrics For(int status)
    {
        foreach (var slot in _slots)
        {
            if (slot.Status == status)
            {
                return slot.Metrics;
            }
        }

        return Add(status);
    }

    private StatusMetrics Add(int status)
    {
        lock (_adding)
        {
            foreach (var slot in _slots)
            {
                if (slot.Status == status)
                {
                    return slot.Metrics;
                }
            }

            // Remembered either way, so that a series never counts in two places.
            var metrics = budget.TryTake() ? new StatusMetrics() : overflow;
            _slots = [.. _slots, new StatusSlot(status, metrics)];
            return metrics;
        }
    }
}
