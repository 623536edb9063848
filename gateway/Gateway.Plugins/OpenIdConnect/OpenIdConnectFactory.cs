using Gateway.DataPlane.Pipeline;
using Gateway.Model;
using Gateway.Model.Entities;
using Gateway.Model.Plugins.OpenIdConnect;
using Microsoft.Extensions.Logging;

namespace Gateway.Plugins.OpenIdConnect;

internal sealed class OpenIdConnectFactory(Issuers issuers, ProviderClient client) : CataloguePluginFactory<OpenIdConnectConfig>("openid-connect")
{
    protected override PluginInstance Create(OpenIdConnectConfig config, Plugin entity, PluginHost host, ICollection<ModelError> errors) =>
        new OpenIdConnectPlugin(config, issuers.Get(IssuerSettings.Of(config)), client, host.Time, host.Loggers.CreateLogger<OpenIdConnectPlugin>());
}
