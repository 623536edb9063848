using System.Reflection;

namespace Gateway.Hosting;

/// <summary>This build's semantic version.</summary>
internal static class GatewayVersion
{
    public static string Current { get; } = typeof(GatewayVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
