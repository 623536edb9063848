namespace Pulumi;

public sealed partial class Deployment
{
    private const string Refusal =
        "This build uses the offline subset of the Pulumi packages, which can test and preview but not deploy: restore the official packages and build with PulumiMode=official.";

    /// <summary>Refuses: only the official packages can deploy.</summary>
    public static Task<int> RunAsync(Action action) => RefuseAsync();

    /// <inheritdoc cref="RunAsync(Action)"/>
    public static Task<int> RunAsync(Func<IDictionary<string, object?>> func) => RefuseAsync();

    /// <inheritdoc cref="RunAsync(Action)"/>
    public static Task<int> RunAsync(Func<Task> func) => RefuseAsync();

    /// <inheritdoc cref="RunAsync(Action)"/>
    public static Task<int> RunAsync(Func<Task<IDictionary<string, object?>>> func, StackOptions? options = null) => RefuseAsync();

    /// <inheritdoc cref="RunAsync(Action)"/>
    public static Task<int> RunAsync<TStack>()
        where TStack : Stack, new()
        => RefuseAsync();

    /// <inheritdoc cref="RunAsync(Action)"/>
    public static Task<int> RunAsync<TStack>(IServiceProvider serviceProvider)
        where TStack : Stack
        => RefuseAsync();

    private static async Task<int> RefuseAsync()
    {
        await Console.Error.WriteLineAsync($"error: {Refusal}");

        // Programs that drop the result must fail as well.
        Environment.ExitCode = 1;
        return 1;
    }
}
