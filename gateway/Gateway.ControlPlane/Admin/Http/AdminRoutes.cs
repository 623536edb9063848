using System.Collections;

namespace Gateway.ControlPlane.Admin.Http;

/// <summary>Collects the routes of the Admin API.</summary>
internal sealed class AdminRoutes : IEnumerable<AdminRoute>
{
    private readonly OrderedDictionary<string, Dictionary<string, AdminHandler>> _routes = new(StringComparer.Ordinal);

    public AdminRoutes Get(string pattern, AdminHandler handler) => Add(pattern, HttpMethods.Get, handler);

    public AdminRoutes Post(string pattern, AdminHandler handler) => Add(pattern, HttpMethods.Post, handler);

    public AdminRoutes Put(string pattern, AdminHandler handler) => Add(pattern, HttpMethods.Put, handler);

    public AdminRoutes Patch(string pattern, AdminHandler handler) => Add(pattern, HttpMethods.Patch, handler);

    public AdminRoutes Delete(string pattern, AdminHandler handler) => Add(pattern, HttpMethods.Delete, handler);

    public IEnumerator<AdminRoute> GetEnumerator() => _routes.Select(route => new AdminRoute(route.Key, route.Value)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private AdminRoutes Add(string pattern, string method, AdminHandler handler)
    {
        if (!_routes.TryGetValue(pattern, out var methods))
        {
            methods = new Dictionary<string, AdminHandler>(StringComparer.OrdinalIgnoreCase);
            _routes.Add(pattern, methods);
        }

        methods.Add(method, handler);
        return this;
    }
}
