namespace Gateway.Tunnel.Telemetry;

/// <summary>What a data plane counts. Values only grow while the process lives.</summary>
public interface IMetricSource
{
    /// <summary>Reads every series now. Called once per export interval, on no request's path.</summary>
    void Collect(ICollection<MetricPoint> points);
}
