using Hybrid.Testing;

namespace Gateway.Plugins.Tests.OpenIdConnect.Providers;

/// <summary>Servers that run on Node.js, each in a process of its own.</summary>
internal static class NodeServer
{
    /// <summary>Where they are: put there by <c>npm install --prefix artifacts/npm oidc-provider@9.13.3 cognito-local@5.3.0</c>.</summary>
    public static string Modules { get; } = Repository.PathOf("artifacts", "npm", "node_modules");

    /// <param name="ready">What it says once it serves.</param>
    public static async Task<RunningProcess> StartAsync(string script, string folder, string ready, params (string Name, string Value)[] environment)
    {
        if (!Directory.Exists(Modules))
        {
            Assert.Skip($"{Modules} is missing; npm install --prefix artifacts/npm oidc-provider@9.13.3 cognito-local@5.3.0");
        }

        var variables = environment.ToDictionary(static variable => variable.Name, static variable => (string?)variable.Value, StringComparer.Ordinal);
        variables["NODE_MODULES"] = Modules;
        var server = RunningProcess.Start("node", [script], variables, folder);
        try
        {
            await server.LineAsync(line => line.Contains(ready, StringComparison.OrdinalIgnoreCase), TimeSpan.FromSeconds(60));
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }

        return server;
    }
}
