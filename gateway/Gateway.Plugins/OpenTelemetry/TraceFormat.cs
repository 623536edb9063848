namespace Gateway.Plugins.OpenTelemetry;

internal enum TraceFormat
{
    None,
    W3C,
    B3,
    B3Single,
}
