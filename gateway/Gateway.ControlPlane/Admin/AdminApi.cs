using Gateway.ControlPlane.Admin.Access;
using Gateway.ControlPlane.Admin.Analytics;
using Gateway.ControlPlane.Admin.Caching;
using Gateway.ControlPlane.Admin.Clustering;
using Gateway.ControlPlane.Admin.Collections;
using Gateway.ControlPlane.Admin.Debugging;
using Gateway.ControlPlane.Admin.Declarative;
using Gateway.ControlPlane.Admin.Health;
using Gateway.ControlPlane.Admin.Http;
using Gateway.ControlPlane.Admin.Information;
using Gateway.ControlPlane.Admin.OpenApi;
using Gateway.ControlPlane.Store.Reading;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.ControlPlane.Admin;

public static class AdminApi
{
    /// <summary>
    /// Maps the Admin API at the root of <paramref name="endpoints"/>, with an answer for every path: it is meant for a listener of its own. Where the process
    /// has others, restrict the returned convention builder with <c>RequireHost("*:PORT")</c>.
    /// </summary>
    public static IEndpointConventionBuilder MapAdminApi(this IEndpointRouteBuilder endpoints)
    {
        var services = endpoints.ServiceProvider;
        var dispatcher = services.GetRequiredService<AdminDispatcher>();
        var group = endpoints.MapGroup("");
        foreach (var route in Routes(services))
        {
            group.Map(route.Pattern, context => dispatcher.RunAsync(context, route));
        }

        group.MapFallback("{**path}", dispatcher.NotFoundAsync);
        return group;
    }

    internal static IServiceCollection AddAdminApi(this IServiceCollection services) => services
        .AddSingleton<AdminDispatcher>()
        .AddSingleton<NodeIdentity>()
        .AddSingleton<EntityPresenter>()
        .AddSingleton<EntityVersions>()
        .AddSingleton<EntityRules>()
        .AddSingleton<EntityReads>()
        .AddSingleton<EntityWrites>()
        .AddSingleton<EntityRoutes>()
        .AddSingleton<UpstreamHealthRoutes>()
        .AddSingleton<CertificateNames>()
        .AddSingleton<MembershipRoutes>()
        .AddSingleton<ReadableConfiguration>()
        .AddSingleton<DeclarativeRoutes>()
        .AddSingleton<DumpRoutes>()
        .AddSingleton<RouteMatchRoutes>()
        .AddSingleton<CacheRoutes>()
        .AddSingleton<OpenApiRoutes>()
        .AddSingleton<NodeRoutes>()
        .AddSingleton<SchemaRoutes>()
        .AddSingleton<TagRoutes>()
        .AddSingleton<RevisionReader>()
        .AddSingleton<RevisionRoutes>()
        .AddSingleton<TokenRoutes>()
        .AddSingleton<AuditRoutes>()
        .AddSingleton<ClusteringRoutes>()
        .AddSingleton<SiteRoutes>()
        .AddSingleton<CertificateRoutes>()
        .AddSingleton<ReleaseRoutes>()
        .AddSingleton<EnrollmentRoutes>()
        .AddSingleton<AnalyticsRoutes>();

    private static AdminRoutes Routes(IServiceProvider services)
    {
        var routes = new AdminRoutes();
        services.GetRequiredService<EntityRoutes>().AddTo(routes);
        services.GetRequiredService<UpstreamHealthRoutes>().AddTo(routes);
        services.GetRequiredService<MembershipRoutes>().AddTo(routes);
        services.GetRequiredService<DeclarativeRoutes>().AddTo(routes);
        services.GetRequiredService<DumpRoutes>().AddTo(routes);
        services.GetRequiredService<RouteMatchRoutes>().AddTo(routes);
        services.GetRequiredService<CacheRoutes>().AddTo(routes);
        services.GetRequiredService<OpenApiRoutes>().AddTo(routes);
        services.GetRequiredService<NodeRoutes>().AddTo(routes);
        services.GetRequiredService<SchemaRoutes>().AddTo(routes);
        services.GetRequiredService<TagRoutes>().AddTo(routes);
        services.GetRequiredService<RevisionRoutes>().AddTo(routes);
        services.GetRequiredService<TokenRoutes>().AddTo(routes);
        services.GetRequiredService<AuditRoutes>().AddTo(routes);
        services.GetRequiredService<ClusteringRoutes>().AddTo(routes);
        services.GetRequiredService<SiteRoutes>().AddTo(routes);
        services.GetRequiredService<EnrollmentRoutes>().AddTo(routes);
        services.GetRequiredService<CertificateRoutes>().AddTo(routes);
        services.GetRequiredService<ReleaseRoutes>().AddTo(routes);
        services.GetRequiredService<AnalyticsRoutes>().AddTo(routes);
        return routes;
    }
}
