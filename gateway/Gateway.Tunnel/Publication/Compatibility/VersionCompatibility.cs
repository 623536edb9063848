using Gateway.Model;
using Gateway.Model.Configuration;
using Gateway.Model.Plugins;
using Gateway.Tunnel.Sites;

namespace Gateway.Tunnel.Publication.Compatibility;

/// <summary>Serves data planes of the control plane's own minor version and of the one before it, whatever their patch, each with what it can read.</summary>
internal sealed class VersionCompatibility(TunnelServerOptions options, Introductions introductions) : ICompatibility
{
    private static readonly IReadOnlyDictionary<string, string> OurPlugins =
        PluginCatalogue.All.ToDictionary(plugin => plugin.Name, plugin => plugin.Version, StringComparer.Ordinal);

    private readonly GatewayVersionNumber _own = GatewayVersionNumber.TryParse(options.GatewayVersion)
        ?? throw new ArgumentException($"'{options.GatewayVersion}' is not a version (allowed: MAJOR.MINOR.PATCH)", nameof(options));

    public Translation For(InstanceProfile profile)
    {
        if (GatewayVersionNumber.TryParse(profile.GatewayVersion) is not { } version || !_own.Serves(version))
        {
            var allowed = _own.Minor > 0 ? $"{_own.Major}.{_own.Minor - 1} or {_own}" : $"{_own}";
            return new Translation("", null, [new ModelError("gateway_version", $"{Shown(profile.GatewayVersion)} cannot be served by a control plane of {options.GatewayVersion}", allowed)]);
        }

        var versions = new VersionRule(introductions, version);
        var plugins = new PluginRule(OurPlugins, profile);
        return versions.IsEmpty && plugins.IsEmpty
            ? Translation.None
            : new Translation($"{(versions.IsEmpty ? _own : version)};{plugins.Key}", (key, canonical) => Apply(versions, plugins, key, canonical), []);
    }

    private static Translated Apply(VersionRule versions, PluginRule plugins, EntityKey key, ReadOnlyMemory<byte> canonical)
    {
        var usable = plugins.Apply(key, canonical);
        if (usable.Canonical is not { } left || usable.Problem is { Status: not SyncStatus.Normal })
        {
            return usable;
        }

        return versions.Apply(key, left);
    }

    private static string Shown(string version) => version.Length is > 0 and <= 64 ? version : "an unreadable version";
}
