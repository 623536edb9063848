using Gateway.Model.Plugins;
using Gateway.Plugins.Listing;
using Hybrid.Testing;

namespace Gateway.Plugins.Tests.Listing;

/// <summary>The documentation's table of plugins.</summary>
public sealed class PluginTableTests
{
    [Fact]
    public void The_table_in_the_documentation_is_what_the_code_says() => Assert.True(
        string.Equals(PluginTable.Write(HasPage), File.ReadAllText(Repository.PathOf(PluginTable.Path)), StringComparison.Ordinal),
        $"{PluginTable.Path} is out of date: run ./hybrid kong-docs");

    [Fact]
    public void Every_plugin_of_the_catalogue_has_a_page_with_an_example()
    {
        foreach (var plugin in PluginCatalogue.All)
        {
            var page = PluginTable.PageOf(plugin.Name, HasPage);
            Assert.True(HasPage(page), $"docs/plugins has no page for {plugin.Name}");
            Assert.Contains("```", File.ReadAllText(Repository.PathOf($"docs/plugins/{page}")), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Phases_scopes_and_what_is_refused_are_read_from_the_plugins()
    {
        var all = PluginListing.All().ToDictionary(plugin => plugin.Name, StringComparer.Ordinal);

        Assert.Equal(PluginCatalogue.All.Count, all.Count);
        Assert.Equal(["certificate", "access"], all["mtls-auth"].Phases);
        Assert.Equal(["access", "response"], all["correlation-id"].Phases);
        Assert.Equal(["access", "response", "log"], all["proxy-cache-advanced"].Phases);
        Assert.Equal(["global", "service", "route"], all["key-auth"].Scopes);
        Assert.Contains("consumer_group", all["rate-limiting"].Scopes);
        Assert.Contains("second", all["rate-limiting"].Fields);
        Assert.Contains("policy: cluster", all["rate-limiting"].Refused);
        Assert.All(all.Values, plugin => Assert.NotEmpty(plugin.Phases));
    }

    private static bool HasPage(string name) => File.Exists(Repository.PathOf($"docs/plugins/{name}"));
}
