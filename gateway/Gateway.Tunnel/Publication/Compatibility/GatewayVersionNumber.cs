using System.Runtime.InteropServices;

namespace Gateway.Tunnel.Publication.Compatibility;

/// <summary>What of a semantic version decides what is read: patches read the same.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct GatewayVersionNumber(int Major, int Minor)
{
    /// <summary>Null where it is no version.</summary>
    public static GatewayVersionNumber? TryParse(string version)
    {
        var parts = version.Split('.', 3);
        return parts.Length >= 2 && int.TryParse(parts[0], out var major) && int.TryParse(parts[1], out var minor) && major >= 0 && minor >= 0
            ? new GatewayVersionNumber(major, minor)
            : null;
    }

    public bool IsBefore(GatewayVersionNumber other) => Major != other.Major ? Major < other.Major : Minor < other.Minor;

    /// <summary>Whether a control plane of this version serves a data plane of the other: its own minor version, and the one before.</summary>
    public bool Serves(GatewayVersionNumber dataPlane) => dataPlane.Major == Major && dataPlane.Minor <= Minor && dataPlane.Minor >= Minor - 1;

    public override string ToString() => $"{Major}.{Minor}";
}
