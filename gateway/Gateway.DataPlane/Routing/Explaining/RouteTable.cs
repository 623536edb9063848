using Gateway.DataPlane.Forwarding;
using Gateway.DataPlane.Model;
using Gateway.DataPlane.Pipeline;
using Gateway.Model;
using Gateway.Model.Entities;
using Gateway.Model.Routing;
using Microsoft.AspNetCore.Http;

namespace Gateway.DataPlane.Routing.Explaining;

/// <inheritdoc/>
/// <remarks>
/// The answer is the router's. So is each reason: a criterion is met where a router matches that holds nothing but a route with nothing but that criterion.
/// </remarks>
internal sealed class RouteTable : IRouteTable
{
    private readonly Router _router;
    private readonly List<RouteModel> _routes = [];
    private readonly Dictionary<Guid, Service> _services;

    public RouteTable(IEnumerable<Route> routes, IEnumerable<Service> services)
    {
        var errors = new List<ModelError>();
        _services = services.ToDictionary(service => service.Id);
        foreach (var route in routes)
        {
            if (RouteCompiler.Compile(route, errors) is { } model)
            {
                _routes.Add(model);
            }
        }

        // What is stored was validated by the same rules.
        _router = errors.Count == 0
            ? Router.Empty.With([], _routes.Where(route => DisabledService(route) is null))
            : throw new InvalidOperationException($"a stored route cannot be compiled: {errors[0]}");
    }

    public RouteExplanation Explain(RouteQuestion question, int most)
    {
        var isTls = question.Scheme is "https";
        var host = RequestTarget.HostOf(question.Host, isTls, out var port);
        var headers = new HeaderDictionary();
        foreach (var (name, values) in question.Headers)
        {
            headers.Append(name, values.ToArray());
        }

        var request = new RouteRequest
        {
            Method = question.Method,
            Host = host,
            Port = port,
            Path = RequestPath.Normalize(RequestTarget.PathOf(question.Path)),
            IsTls = isTls,
            Sni = isTls ? question.Sni : null,
            Headers = headers,
        };
        var winner = _router.Find(request, out var matchedLength);
        var judged = new List<JudgedRoute>();
        foreach (var route in _routes)
        {
            if (JudgedRoute.Of(route, DisabledService(route), request) is { } candidate)
            {
                judged.Add(candidate);
            }
        }

        judged.Sort(JudgedRoute.Compare);
        return new RouteExplanation(
            request.Path.ToString(),
            winner is null ? null : Taken(winner.Route, matchedLength, request),
            [.. judged.Take(most).Select(candidate => candidate.Report(winner))],
            Math.Max(0, judged.Count - most),
            _routes.Count);
    }

    private RouteTaken Taken(RouteModel route, int matchedLength, in RouteRequest request)
    {
        var service = route.Entity.Service is { } reference ? _services[reference.Id] : null;
        var path = request.Path.Span;
        return new RouteTaken(
            route.Id,
            path[..matchedLength].ToString(),
            service?.Id,
            service is null ? null : $"{service.Protocol}://{service.Host}:{service.Port}{UpstreamPath.Build(string.IsNullOrEmpty(service.Path) ? "/" : service.Path, route, path, matchedLength)}",
            ProtocolRules.NeedsHttps(route, request.IsTls) ? $"the route takes https alone: answered {route.Entity.HttpsRedirectStatusCode}"
                : ProtocolRules.NeedsGrpc(route) ? "the route takes gRPC alone: HTTP/2 with content-type application/grpc"
                : service is null ? "the route has no service: answered 503 where no plugin answers"
                : null);
    }

    private string? DisabledService(RouteModel route) =>
        route.Entity.Service is { } reference && _services[reference.Id] is { Enabled: false } service ? $"its service {service.Name ?? service.Id.ToString()} is disabled" : null;
}
