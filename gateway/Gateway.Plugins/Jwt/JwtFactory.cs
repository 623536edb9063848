using Gateway.DataPlane.Pipeline;
using Gateway.Model;
using Gateway.Model.Entities;
using Gateway.Model.Plugins.Jwt;
using Microsoft.Extensions.Logging;

namespace Gateway.Plugins.Jwt;

internal sealed class JwtFactory() : CataloguePluginFactory<JwtConfig>("jwt")
{
    protected override PluginInstance Create(JwtConfig config, Plugin entity, PluginHost host, ICollection<ModelError> errors) =>
        new JwtPlugin(config, host.Time, host.Loggers.CreateLogger<JwtPlugin>());
}
