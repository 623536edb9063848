using OpenTelemetry.Proto.Collector.Metrics.V1;

namespace EndToEnd.Tests.Telemetry;

/// <summary>One call of an exporter.</summary>
/// <param name="At">Since the receiver's start.</param>
internal sealed record ReceivedExport(ExportMetricsServiceRequest Request, TimeSpan At);
