using Gateway.Model;
using Gateway.Tunnel.Entities;
using Gateway.Tunnel.Sites;

namespace Gateway.Tunnel.Publication.Compatibility;

/// <summary>Serves data planes of the control plane's own minor version and of the one before it, whatever their patch.</summary>
internal sealed class VersionCompatibility(TunnelServerOptions options) : ICompatibility
{
    private readonly (int Major, int Minor) _own = Parse(options.GatewayVersion)
        ?? throw new ArgumentException($"'{options.GatewayVersion}' is not a version (allowed: MAJOR.MINOR.PATCH)", nameof(options));

    public CompatibilityVerdict Assess(InstanceProfile profile, EntitySet content)
    {
        if (Parse(profile.GatewayVersion) is { } version && version.Major == _own.Major && version.Minor <= _own.Minor && version.Minor >= _own.Minor - 1)
        {
            return CompatibilityVerdict.Normal;
        }

        var allowed = _own.Minor > 0 ? $"{_own.Major}.{_own.Minor - 1} or {_own.Major}.{_own.Minor}" : $"{_own.Major}.{_own.Minor}";
        var problem = new ModelError("gateway_version", $"{Shown(profile.GatewayVersion)} cannot be served by a control plane of {options.GatewayVersion}", allowed);
        return new CompatibilityVerdict(SyncStatus.VersionIncompatible, [problem], Translation.None);
    }

    private static (int Major, int Minor)? Parse(string version)
    {
        var parts = version.Split('.', 3);
        return parts.Length >= 2 && int.TryParse(parts[0], out var major) && int.TryParse(parts[1], out var minor) && major >= 0 && minor >= 0
            ? (major, minor)
            : null;
    }

    private static string Shown(string version) => version.Length is > 0 and <= 64 ? version : "an unreadable version";
}
