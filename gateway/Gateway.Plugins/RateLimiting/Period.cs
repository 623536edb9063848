namespace Gateway.Plugins.RateLimiting;

/// <summary>A calendar period in UTC, as Kong's windows are.</summary>
internal enum Period
{
    Second,
    Minute,
    Hour,
    Day,
    Month,
    Year,
}
