using Gateway.DataPlane.Pipeline;
using Gateway.Model;
using Gateway.Model.Entities;
using Gateway.Model.Plugins.OpenTelemetry;
using Microsoft.Extensions.Logging;

namespace Gateway.Plugins.OpenTelemetry;

internal sealed class OpenTelemetryFactory() : CataloguePluginFactory<OpenTelemetryConfig>("opentelemetry")
{
    protected override PluginInstance Create(OpenTelemetryConfig config, Plugin entity, PluginHost host, ICollection<ModelError> errors) =>
        new OpenTelemetryPlugin(config, new TraceExporter(config, TraceExporter.CreateHttp(config), host.Logging, host.Loggers.CreateLogger<TraceExporter>()), host.Logging, host.Time);
}
