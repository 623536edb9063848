namespace Gateway.Model.Routing;

/// <summary>The routes of one configuration, compiled. Immutable.</summary>
public interface IRouteTable
{
    /// <param name="most">How many candidates are told of.</param>
    RouteExplanation Explain(RouteQuestion question, int most);
}
