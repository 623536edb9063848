using System.Net;
using Gateway.DataPlane.Pipeline;
using Gateway.Model.Plugins.IpRestriction;
using Microsoft.AspNetCore.Http;

namespace Gateway.Plugins.IpRestriction;

/// <summary>Kong's <c>ip-restriction</c>: refuses by the client's address, which behind trusted proxies is the one that they name.</summary>
internal sealed class IpRestrictionPlugin : PluginInstance
{
    private readonly AddressSet? _allow;
    private readonly AddressSet? _deny;
    private readonly GatewayResponse _refusal;

    public IpRestrictionPlugin(IpRestrictionConfig config)
        : base(new PluginPhases { Access = PhaseMode.Inline })
    {
        _allow = config.Allow is { Count: > 0 } allow ? new AddressSet(allow) : null;
        _deny = config.Deny is { Count: > 0 } deny ? new AddressSet(deny) : null;
        _refusal = GatewayResponse.Error(config.Status ?? StatusCodes.Status403Forbidden, config.Message ?? "Your IP address is not allowed");
    }

    public override ValueTask<GatewayResponse?> AccessAsync(RequestContext context) => Admits(context.ClientAddress) ? default : new(_refusal);

    private bool Admits(IPAddress address) => _deny?.Contains(address) is not true && _allow?.Contains(address) is not false;
}
