using System.Text.Json.Nodes;
using Gateway.DataPlane.Tests.Hosting.Support;
using Gateway.Model;
using Gateway.Model.Entities;

namespace Gateway.Plugins.Tests.Jwt;

/// <summary>A data plane whose consumer <c>ann</c> has a credential.</summary>
internal static class JwtHarness
{
    public const string Key = "ann-key";

    public static async Task<PluginHarness> StartAsync(TestKeys keys, string algorithm = "HS256", JsonObject? config = null, string? secret = TestKeys.Secret)
    {
        var harness = await PluginHarness.StartAsync();
        var ann = harness.Configuration.Consumer("ann");
        harness.Configuration.Consumer("guest");
        harness.Configuration.Jwt(ann, Key, algorithm, secret, keys.PublicKeyOf(algorithm));
        harness.Configuration.Plugin("jwt", config);
        await harness.ApplyAsync();
        return harness;
    }

    public static Guid Jwt(this ConfigurationBuilder builder, Guid consumer, string key, string algorithm, string? secret, string? publicKey, Guid? id = null) => builder.Put(
        EntityKinds.JwtSecrets,
        new JwtSecret { Id = id ?? Guid.NewGuid(), Key = key, Algorithm = algorithm, Secret = secret, RsaPublicKey = publicKey, Consumer = new EntityReference(consumer) },
        ModelJson.Default.JwtSecret);

    public static Task<PluginHarness.Answer> BearAsync(this PluginHarness harness, string token) => harness.GetAsync("/x", ("Authorization", "Bearer " + token));

    public static JsonObject Claims(params (string Name, JsonNode Value)[] more)
    {
        var claims = new JsonObject { ["iss"] = Key };
        foreach (var (name, value) in more)
        {
            claims[name] = value;
        }

        return claims;
    }
}
