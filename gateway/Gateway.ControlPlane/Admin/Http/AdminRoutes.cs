using System.Collections;
using Gateway.ControlPlane.Access;

namespace Gateway.ControlPlane.Admin.Http;

/// <summary>Collects the routes of the Admin API. What says nothing of who may run it is <see cref="RouteAccess.DefaultOf"/>: the strict side.</summary>
internal sealed class AdminRoutes : IEnumerable<AdminRoute>
{
    private readonly OrderedDictionary<string, Dictionary<string, AdminOperation>> _routes = new(StringComparer.Ordinal);

    public AdminRoutes Get(string pattern, AdminHandler handler, RouteAccess? access = null) => Add(pattern, HttpMethods.Get, handler, access);

    public AdminRoutes Post(string pattern, AdminHandler handler, RouteAccess? access = null) => Add(pattern, HttpMethods.Post, handler, access);

    public AdminRoutes Put(string pattern, AdminHandler handler, RouteAccess? access = null) => Add(pattern, HttpMethods.Put, handler, access);

    public AdminRoutes Patch(string pattern, AdminHandler handler, RouteAccess? access = null) => Add(pattern, HttpMethods.Patch, handler, access);

    public AdminRoutes Delete(string pattern, AdminHandler handler, RouteAccess? access = null) => Add(pattern, HttpMethods.Delete, handler, access);

    public IEnumerator<AdminRoute> GetEnumerator() => _routes.Select(route => new AdminRoute(route.Key, route.Value)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private AdminRoutes Add(string pattern, string method, AdminHandler handler, RouteAccess? access)
    {
        if (!_routes.TryGetValue(pattern, out var methods))
        {
            methods = new Dictionary<string, AdminOperation>(StringComparer.OrdinalIgnoreCase);
            _routes.Add(pattern, methods);
        }

        methods.Add(method, new AdminOperation(handler, access ?? RouteAccess.DefaultOf(method)));
        return this;
    }
}
