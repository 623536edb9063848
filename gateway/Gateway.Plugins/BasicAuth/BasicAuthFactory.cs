using Gateway.DataPlane.Pipeline;
using Gateway.Model;
using Gateway.Model.Entities;
using Gateway.Model.Plugins.BasicAuth;
using Microsoft.Extensions.Logging;

namespace Gateway.Plugins.BasicAuth;

internal sealed class BasicAuthFactory() : CataloguePluginFactory<BasicAuthConfig>("basic-auth")
{
    // All instances': what a password was verified for does not depend on who asked.
    private readonly VerifiedPasswords _verified = new();

    protected override PluginInstance Create(BasicAuthConfig config, Plugin entity, PluginHost host, ICollection<ModelError> errors) =>
        new BasicAuthPlugin(config, _verified, host.Loggers.CreateLogger<BasicAuthPlugin>());
}
