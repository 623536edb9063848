using System.Text.Json.Nodes;

namespace Gateway.Plugins.Tests.OpenIdConnect;

/// <summary>A data plane with the plugin before a real provider, and the consumers <c>ann</c> and <c>guest</c>.</summary>
internal sealed class OpenIdHarness : IAsyncDisposable
{
    private OpenIdHarness(PluginHarness plane, TestIssuer issuer)
    {
        Plane = plane;
        Issuer = issuer;
    }

    public PluginHarness Plane { get; }

    public TestIssuer Issuer { get; }

    public static async Task<OpenIdHarness> StartAsync(JsonObject? config = null, Action<TestIssuer>? before = null, params string[] methods)
    {
        var plane = await PluginHarness.StartAsync();
        var issuer = await TestIssuer.StartAsync(plane.Time);
        before?.Invoke(issuer);
        plane.Configuration.Consumer("ann");
        plane.Configuration.Consumer("guest");
        var all = config ?? [];
        all.TryAdd("issuer", issuer.Url);
        all.TryAdd("auth_methods", new JsonArray([.. (methods.Length == 0 ? ["bearer"] : methods).Select(static method => JsonValue.Create(method))]));
        all.TryAdd("client_id", new JsonArray(TestIssuer.ClientId));
        all.TryAdd("client_secret", new JsonArray(TestIssuer.ClientSecret));
        plane.Configuration.Plugin("openid-connect", all);
        await plane.ApplyAsync();
        return new OpenIdHarness(plane, issuer);
    }

    public Task<PluginHarness.Answer> BearAsync(string token, params (string Name, string Value)[] more) => Plane.GetAsync("/x", [("Authorization", "Bearer " + token), .. more]);

    public async ValueTask DisposeAsync()
    {
        await Plane.DisposeAsync();
        await Issuer.DisposeAsync();
    }
}
