using System.Collections.Immutable;

namespace Pulumi.Utilities;

/// <summary>Looks into outputs, for tests and tools.</summary>
public static class OutputUtilities
{
    /// <summary>The value, or the default of the type while it is unknown.</summary>
    public static async Task<T> GetValueAsync<T>(Output<T> output) => (await output.DataTask).Value;

    public static async Task<bool> GetIsKnownAsync<T>(Output<T> output) => (await output.DataTask).IsKnown;

    public static async Task<ImmutableHashSet<Resource>> GetDependenciesAsync<T>(Output<T> output) => (await output.DataTask).Resources;

    public static Output<T> CreateUnknown<T>(T value) => Output<T>.Unknown(value);

    public static Output<T> CreateUnknown<T>(Func<Task<T>> valueFactory) => Output<T>.Unknown(default!).Apply(_ => valueFactory());

    public static Output<T> WithDependency<T>(Output<T> output, Resource resource)
    {
        return new Output<T>(AddAsync());

        async Task<Serialization.OutputData<T>> AddAsync()
        {
            var data = await output.DataTask;
            return data with { Resources = data.Resources.Add(resource) };
        }
    }
}
