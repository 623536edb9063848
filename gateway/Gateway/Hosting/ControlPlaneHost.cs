using System.Net;
using Gateway.Commands;
using Gateway.ControlPlane;
using Gateway.ControlPlane.Access;
using Gateway.ControlPlane.Admin;
using Gateway.DataPlane.Routing.Explaining;
using Gateway.Model.Routing;
using Gateway.Settings;
using Gateway.Tunnel;
using Gateway.Tunnel.Hosting;
using Gateway.Tunnel.Identity;

namespace Gateway.Hosting;

/// <summary>The control plane's process: store, Admin API, both tunnels' servers, status.</summary>
internal static class ControlPlaneHost
{
    /// <exception cref="CommandException">The settings point at something that cannot be used.</exception>
    public static WebApplication Build(GatewaySettings settings)
    {
        var controlPlane = settings.ControlPlane!;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.AddGatewayLogging(settings);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = settings.ShutdownTimeout);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.ListenAdmin(controlPlane.AdminListen);
            kestrel.Listen(EndPoint(settings.StatusListen));
            kestrel.ListenTunnel(EndPoint(controlPlane.ClusterListen), TunnelKind.Configuration);
            kestrel.ListenTunnel(EndPoint(controlPlane.TelemetryListen), TunnelKind.Telemetry);
            if (controlPlane.EnrollListen is { } enrollment)
            {
                kestrel.ListenTunnel(EndPoint(enrollment), TunnelKind.Enrollment);
            }
        });
        if (controlPlane.AdminCertificate is { } certificate)
        {
            builder.Services.AddSingleton(services => new AdminCertificate(
                certificate, controlPlane.AdminCertificateKey!, TimeProvider.System, services.GetRequiredService<ILogger<AdminCertificate>>()));
        }

        try
        {
            // The store first: hosted services start in order, and the publisher reads the log when it starts.
            builder.Services.AddControlPlane(Options(settings, controlPlane));
            builder.Services.AddSingleton<IRouteExplainer, RouteExplainer>();
            builder.Services.AddTunnelServer(new TunnelServerOptions
            {
                Certificates = new CertificatePaths(settings.Tunnel.Certificate, settings.Tunnel.CertificateKey, settings.Tunnel.CertificateAuthorities),
                TrustDomain = settings.Tunnel.TrustDomain,
                GatewayVersion = GatewayVersion.Current,
                HeartbeatInterval = controlPlane.HeartbeatInterval,
                AuthorityKey = controlPlane.AuthorityKey,
                CertificateLifetime = controlPlane.CertificateLifetime,
                RenewalGrace = controlPlane.CertificateGrace,
            });
        }
        catch (StartRefusedException problem)
        {
            throw new CommandException(problem.Message);
        }

        var app = builder.Build();
        app.UseControlPlaneStatus(settings.StatusListen.Port);
        app.UseRouting();
        app.UseListenerIsolation();
        app.MapTunnel();
        app.MapTelemetry();
        app.MapEnrollment();
        app.MapAdminApi().Add(endpoint => endpoint.Metadata.Add(new ListenerPorts([.. controlPlane.AdminListen.Select(listen => listen.Port)])));
        return app;
    }

    public static IPEndPoint EndPoint(ListenAddress listen) => new(listen.Address, listen.Port);

    public static ControlPlaneOptions Options(GatewaySettings settings, ControlPlaneSettings controlPlane) => new()
    {
        SqlitePath = controlPlane.SqlitePath,
        PostgreSql = controlPlane.PostgreSql is { } server
            ? new PostgreSqlOptions
            {
                Host = server.Host,
                Port = server.Port,
                Database = server.Database,
                User = server.User,
                Password = server.Password,
                PasswordFile = server.PasswordFile,
                Ssl = server.Ssl,
                SslRootCertificate = server.SslRootCertificate,
                IamAuthentication = server.IamAuthentication,
                IamRegion = server.IamRegion,
                MaxPoolSize = server.MaxPoolSize,
                Timeout = server.Timeout,
            }
            : null,
        KeyRingPath = controlPlane.KeyringFile,
        Sites = [.. controlPlane.Sites.Select(site => new SiteRegistration(site))],
        AdmitsAnySite = controlPlane.AdmitsAnySite,
        // Silent for three heartbeats is dead, on the list as on the tunnel.
        InstanceDeadAfter = 3 * controlPlane.HeartbeatInterval,
        CertificateGrace = controlPlane.CertificateGrace,
        EnrollmentEndpoints = controlPlane.EnrollListen is null ? [] : controlPlane.EnrollEndpoints,
        Access = Access(controlPlane.AdminAccess),
        Version = GatewayVersion.Current,
        Settings = settings.Shown,
    };

    private static AccessOptions Access(AdminAccessSettings access) => new()
    {
        Required = access.Required,
        AdminToken = access.Token,
        AdminTokenFile = access.TokenFile,
        AuditRetention = access.AuditRetention,
        Oidc = access.Issuer is { } issuer
            ? new OidcOptions
            {
                Issuer = issuer,
                Audience = access.Audience!,
                RolesClaim = access.RolesClaim,
                NameClaim = access.NameClaim,
                Groups = access.Roles.ToDictionary(
                    mapping => mapping.Group, mapping => new Grant(RoleNames.TryParse(mapping.Role)!.Value, [.. mapping.Tags]), StringComparer.Ordinal),
            }
            : null,
    };
}
