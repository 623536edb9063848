using System.Reflection;
using System.Text.RegularExpressions;
using Gateway.DataPlane.Pipeline;
using Gateway.Model.Plugins;

namespace Gateway.Plugins.Own;

/// <summary>Loads plugins that did not come with the gateway: from <c>FOLDER/NAME/NAME.dll</c> each, as <c>dotnet publish</c> leaves them.</summary>
public static partial class OwnPlugins
{
    /// <summary>The plugins of all assemblies below a folder, by name.</summary>
    /// <exception cref="OwnPluginException">One of them cannot be loaded. Nothing is used then.</exception>
    public static IReadOnlyList<OwnPlugin> Load(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new OwnPluginException(folder, "there is no such folder");
        }

        if (Directory.EnumerateFiles(folder, "*.dll").FirstOrDefault() is { } stray)
        {
            throw new OwnPluginException(stray, "an assembly has to be in a folder of its own name: NAME/NAME.dll");
        }

        var known = PluginCatalogue.All.ToDictionary(static plugin => plugin.Name, static _ => "the gateway", StringComparer.Ordinal);
        var plugins = new List<OwnPlugin>();
        foreach (var file in Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal).Where(static path => !IsHidden(path)).Select(static path => Path.Combine(path, Path.GetFileName(path) + ".dll")))
        {
            foreach (var plugin in LoadFile(file))
            {
                var name = plugin.Definition.Name;
                if (!Name().IsMatch(name))
                {
                    throw new OwnPluginException(file, $"the name '{name}' is not one of a plugin: lower-case letters, digits and -, beginning with a letter, 64 at most");
                }

                if (!known.TryAdd(name, file))
                {
                    throw new OwnPluginException(file, $"the plugin {name} is there already, of {known[name]}");
                }

                plugins.Add(plugin);
            }
        }

        return plugins;
    }

    private static List<OwnPlugin> LoadFile(string file)
    {
        if (!File.Exists(file))
        {
            throw new OwnPluginException(file, "there is no such file, though there is the folder");
        }

        try
        {
            var assembly = new OwnPluginContext(file).LoadFromAssemblyPath(Path.GetFullPath(file));
            CheckContract(file, assembly);
            var types = assembly.GetTypes().Where(static type => type.IsSubclassOf(typeof(OwnPlugin)) && !type.IsAbstract).ToList();
            return types.Count > 0
                ? [.. types.Select(static type => (OwnPlugin)Activator.CreateInstance(type)!).OrderBy(static plugin => plugin.Definition.Name, StringComparer.Ordinal)]
                : throw new OwnPluginException(file, $"no class in it is a {nameof(OwnPlugin)}");
        }
        catch (ReflectionTypeLoadException failure)
        {
            throw new OwnPluginException(file, failure.LoaderExceptions.FirstOrDefault(static inner => inner is not null)?.Message ?? failure.Message, failure);
        }
        catch (TargetInvocationException failure)
        {
            throw new OwnPluginException(file, $"its constructor failed: {failure.InnerException?.Message}", failure);
        }
        catch (Exception failure) when (failure is BadImageFormatException or IOException or TypeLoadException or MissingMemberException or UnauthorizedAccessException)
        {
            throw new OwnPluginException(file, failure is BadImageFormatException ? "it is no .NET assembly" : failure.Message, failure);
        }
    }

    private static void CheckContract(string file, Assembly assembly)
    {
        var contract = assembly.GetCustomAttribute<PluginContractAttribute>()?.Version;
        if (contract != PluginContractAttribute.Current)
        {
            throw new OwnPluginException(
                file,
                contract is null
                    ? $"it does not say which contract it was written for: [assembly: PluginContract(PluginContractAttribute.Current)]"
                    : $"it was written for contract {contract}, and this gateway has {PluginContractAttribute.Current}: compile it against this version");
        }
    }

    // Kubernetes keeps a mounted volume's versions beside what it shows.
    private static bool IsHidden(string path) => Path.GetFileName(path).StartsWith('.');

    [GeneratedRegex("^[a-z][a-z0-9-]{0,63}$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Name();
}
