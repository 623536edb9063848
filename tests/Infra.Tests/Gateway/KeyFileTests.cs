using System.Text.Json;
using Hybrid.Infra.Gateway;
using Hybrid.Infra.Tests.Support;
using Pulumi;
using Pulumi.Utilities;

namespace Hybrid.Infra.Tests.Gateway;

[Collection(PulumiTests.Name)]
public sealed class KeyFileTests
{
    [Fact]
    public async Task It_holds_32_bytes_for_each_generation_and_the_last_one_seals()
    {
        var file = await Components.RunAsync(Mocks(), () => new KeyFile("keys", [1, 2], protect: true, new ComponentResourceOptions()));
        using var json = JsonDocument.Parse(await OutputUtilities.GetValueAsync(file.Content));

        Assert.Equal("g2", json.RootElement.GetProperty("active").GetString());
        var keys = json.RootElement.GetProperty("keys").EnumerateObject().Select(key => key.Value.GetBytesFromBase64()).ToArray();
        Assert.Equal(2, keys.Length);
        Assert.All(keys, key => Assert.Equal(32, key.Length));
        Assert.NotEqual(keys[0], keys[1]);
    }

    [Fact]
    public async Task It_is_a_secret_and_the_same_each_time()
    {
        var first = await Components.RunAsync(Mocks(), () => new KeyFile("keys", [1], protect: true, new ComponentResourceOptions()));
        var second = await Components.RunAsync(Mocks(), () => new KeyFile("keys", [1], protect: true, new ComponentResourceOptions()));
        Assert.True(await Output.IsSecretAsync(first.Content));
        Assert.Equal(await OutputUtilities.GetValueAsync(first.Content), await OutputUtilities.GetValueAsync(second.Content));
    }

    [Fact]
    public async Task A_generation_that_appears_twice_is_refused() =>
        // The exception comes wrapped, as Pulumi reports what a program throws.
        Assert.Contains("different numbers from 1", (await Assert.ThrowsAnyAsync<Exception>(() =>
            Components.RunAsync(Mocks(), () => new KeyFile("keys", [1, 1], protect: true, new ComponentResourceOptions())))).Message, StringComparison.Ordinal);

    private static EchoMocks Mocks() => new((args, state) => state.SetItem("privateKeyPem", $"key of {args.Name}"));
}
