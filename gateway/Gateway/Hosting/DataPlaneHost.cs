using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Gateway.Commands;
using Gateway.DataPlane;
using Gateway.DataPlane.Hosting;
using Gateway.DataPlane.Pipeline;
using Gateway.Model.Plugins;
using Gateway.Plugins;
using Gateway.Settings;
using Gateway.Tunnel;
using Gateway.Tunnel.Hosting;
using Gateway.Tunnel.Identity;

namespace Gateway.Hosting;

/// <summary>The data plane's process: request path, plugins, both tunnels' clients, status.</summary>
internal static class DataPlaneHost
{
    /// <exception cref="CommandException">The settings point at something that cannot be used.</exception>
    public static WebApplication Build(GatewaySettings settings, IReadOnlyList<OwnPlugin> own)
    {
        var dataPlane = settings.DataPlane!;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.AddGatewayLogging(settings);
        var certificate = ReadCertificate(dataPlane);
        builder.Services.AddDataPlane(options =>
        {
            options.ProxyListeners = [.. dataPlane.ProxyListen.Select(listen => new ProxyListener(new IPEndPoint(listen.Address, listen.Port)) { Tls = listen.Tls, Http2 = listen.Http2, ProxyProtocol = listen.ProxyProtocol })];
            options.StatusListeners = [new IPEndPoint(settings.StatusListen.Address, settings.StatusListen.Port)];
            options.ServerCertificate = certificate is null ? null : _ => certificate;
            options.MaxConnections = dataPlane.MaxConnections;
            options.MaxRequestHeadersSize = dataPlane.ClientMaxHeaderSize;
            options.MaxRequestBodySize = dataPlane.ClientMaxBodySize;
            options.DirectUpstreams = string.Equals(dataPlane.UpstreamClient, SettingsContract.DirectClient, StringComparison.Ordinal);
            options.UseEventLoops = string.Equals(dataPlane.EventLoop, SettingsContract.EpollLoop, StringComparison.Ordinal);
            options.ShutdownDelay = dataPlane.ShutdownDelay;
            options.DrainTimeout = settings.ShutdownTimeout;
            options.TrustedProxies = dataPlane.TrustedNetworks;
            options.UpstreamSlowStart = dataPlane.UpstreamSlowStart;
            options.UpstreamRetryUnhealthyAfter = dataPlane.UpstreamRetryUnhealthy;
            options.Dns.Servers = [.. dataPlane.DnsResolvers.Select(DnsServer)];
            options.Dns.HostsFile = dataPlane.DnsHostsFile;
            options.Dns.ValidTtl = dataPlane.DnsValidTtl;
            options.Dns.StaleTtl = dataPlane.DnsStaleTtl;
            options.Dns.NotFoundTtl = dataPlane.DnsNotFoundTtl;
            options.Dns.ErrorTtl = dataPlane.DnsErrorTtl;
        });
        builder.Services.AddPlugins().AddOwnPlugins(own);
        builder.Services.AddSingleton<IStatusSection, ClusterStatusSection>();
        builder.Services.AddTunnelClient(new TunnelClientOptions
        {
            Certificates = new CertificatePaths(settings.Tunnel.Certificate, settings.Tunnel.CertificateKey, settings.Tunnel.CertificateAuthorities),
            TrustDomain = settings.Tunnel.TrustDomain,
            ServerName = dataPlane.ServerName,
            Proxy = ClusterProxy.Of(dataPlane),
            ControlPlanes = [.. dataPlane.ControlPlanes.Select(EndPoint)],
            TelemetryEndpoints = [.. dataPlane.TelemetryEndpoints.Select(EndPoint)],
            GatewayVersion = GatewayVersion.Current,
            Plugins = PluginCatalogue.All.ToDictionary(plugin => plugin.Name, plugin => plugin.Version, StringComparer.Ordinal),
            CacheFolder = dataPlane.CacheFolder,
            CacheKeyFile = dataPlane.CacheKeyFile,
            RenewCertificate = dataPlane.RenewCertificate,
            MaximumBackOff = dataPlane.ReconnectMax,
            TelemetryInterval = dataPlane.TelemetryInterval,
        });

        var app = builder.Build();
        app.UseDataPlane();
        return app;
    }

    private static DnsEndPoint EndPoint(HostPort address) => new(address.Host, address.Port);

    // A resolver cannot be found by a name.
    private static IPEndPoint DnsServer(HostPort server) =>
        IPAddress.TryParse(server.Host, out var address)
            ? new IPEndPoint(address, server.Port)
            : throw new CommandException($"{SettingsEnvironment.EnvironmentName(SettingNames.DnsResolver)}: {server.Host} is not an IP address");

    private static X509Certificate2? ReadCertificate(DataPlaneSettings settings)
    {
        if (settings.SslCertificate is null)
        {
            return null;
        }

        try
        {
            return X509Certificate2.CreateFromPemFile(settings.SslCertificate, settings.SslCertificateKey);
        }
        catch (Exception problem) when (problem is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{SettingsEnvironment.EnvironmentName(SettingNames.SslCert)}: cannot use {settings.SslCertificate} ({problem.Message.TrimEnd('.')})");
        }
    }
}
