using System.Reflection;
using System.Runtime.Loader;

namespace Gateway.Plugins.Own;

/// <summary>One plugin's assemblies. What the gateway itself is made of is shared, so that contracts are the same types; everything else is the plugin's own, in the version beside it.</summary>
internal sealed class OwnPluginContext(string file) : AssemblyLoadContext(Path.GetFileNameWithoutExtension(file))
{
    private static readonly HashSet<string> Shared = FindShared();

    private readonly AssemblyDependencyResolver _resolver = new(file);

    protected override Assembly? Load(AssemblyName assemblyName) =>
        !Shared.Contains(assemblyName.Name!) && _resolver.ResolveAssemblyToPath(assemblyName) is { } path ? LoadFromAssemblyPath(path) : null;

    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : 0;

    private static HashSet<string> FindShared() =>
        [.. ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? string.Empty).Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Select(static path => Path.GetFileNameWithoutExtension(path))];
}
