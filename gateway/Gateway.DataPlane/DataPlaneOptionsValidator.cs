using Microsoft.Extensions.Options;

namespace Gateway.DataPlane;

/// <summary>Refuses options that cannot be meant.</summary>
internal sealed class DataPlaneOptionsValidator : IValidateOptions<DataPlaneOptions>
{
    private const int SmallestHeadersSize = 1024;
    private static readonly TimeSpan LongestPatience = TimeSpan.FromHours(1);

    public ValidateOptionsResult Validate(string? name, DataPlaneOptions options)
    {
        var failures = new List<string>();
        Require(options.ProxyListeners.Count > 0, nameof(options.ProxyListeners), "at least one");
        Require(options.ShutdownDelay >= TimeSpan.Zero, nameof(options.ShutdownDelay), "0 or more");
        Require(options.DrainTimeout >= TimeSpan.Zero, nameof(options.DrainTimeout), "0 or more");
        Require(options.StallThreshold > TimeSpan.Zero, nameof(options.StallThreshold), "more than 0");
        Require(options.UpstreamSlowStart >= TimeSpan.Zero && options.UpstreamSlowStart <= LongestPatience, nameof(options.UpstreamSlowStart), "0 to 1 h");
        Require(
            options.UpstreamRetryUnhealthyAfter >= TimeSpan.Zero && options.UpstreamRetryUnhealthyAfter <= LongestPatience,
            nameof(options.UpstreamRetryUnhealthyAfter),
            "0 to 1 h");
        Require(options.MaxRequestHeadersSize >= SmallestHeadersSize, nameof(options.MaxRequestHeadersSize), $"{SmallestHeadersSize} or more");
        Require(options.MaxConnections is null or > 0, nameof(options.MaxConnections), "1 or more, or none");
        Require(options.MaxSeries > 0, nameof(options.MaxSeries), "1 or more");
        Require(options.MaxConsumerSeries > 0, nameof(options.MaxConsumerSeries), "1 or more");
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);

        void Require(bool holds, string option, string allowed)
        {
            if (!holds)
            {
                failures.Add($"{nameof(DataPlaneOptions)}.{option}: allowed is {allowed}");
            }
        }
    }
}
