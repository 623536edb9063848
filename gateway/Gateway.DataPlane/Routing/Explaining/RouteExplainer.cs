using Gateway.Model.Entities;
using Gateway.Model.Routing;

namespace Gateway.DataPlane.Routing.Explaining;

/// <inheritdoc/>
public sealed class RouteExplainer : IRouteExplainer
{
    public IRouteTable Compile(IEnumerable<Route> routes, IEnumerable<Service> services) => new RouteTable(routes, services);
}
