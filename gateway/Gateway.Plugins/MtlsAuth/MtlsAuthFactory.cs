using Gateway.DataPlane.Pipeline;
using Gateway.Model;
using Gateway.Model.Entities;
using Gateway.Model.Plugins.MtlsAuth;
using Microsoft.Extensions.Logging;

namespace Gateway.Plugins.MtlsAuth;

internal sealed class MtlsAuthFactory() : CataloguePluginFactory<MtlsAuthConfig>("mtls-auth")
{
    protected override PluginInstance Create(MtlsAuthConfig config, Plugin entity, PluginHost host, ICollection<ModelError> errors) =>
        new MtlsAuthPlugin(config, host.Time, host.Loggers.CreateLogger<MtlsAuthPlugin>());
}
