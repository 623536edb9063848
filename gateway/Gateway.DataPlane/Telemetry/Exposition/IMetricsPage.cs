namespace Gateway.DataPlane.Telemetry.Exposition;

/// <summary>A part of <c>/metrics</c> on the status listener. Register as many as there are; a family of metrics belongs to one of them.</summary>
public interface IMetricsPage
{
    void Write(MetricsText text);
}
