using Gateway.Model.Entities;

namespace Gateway.Model.Routing;

/// <summary>Says by a data plane's own router which route would take a request, and why.</summary>
public interface IRouteExplainer
{
    /// <param name="routes">All of a configuration.</param>
    /// <param name="services">Those that the routes refer to.</param>
    IRouteTable Compile(IEnumerable<Route> routes, IEnumerable<Service> services);
}
