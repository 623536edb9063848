using System.Collections.Immutable;
using System.Reflection;
using Pulumi.Testing;

namespace Pulumi;

public sealed partial class Deployment
{
    /// <summary>Runs a stack against mocks; must not run in parallel with another one.</summary>
    public static Task<ImmutableArray<Resource>> TestAsync<TStack>(IMocks mocks, TestOptions? options = null)
        where TStack : Stack, new()
        => TestStackAsync(mocks, options, () => (TStack)Activator.CreateInstance(typeof(TStack), BindingFlags.DoNotWrapExceptions, binder: null, args: null, culture: null)!);

    /// <summary>Runs a stack that the service provider makes against mocks.</summary>
    public static Task<ImmutableArray<Resource>> TestWithServiceProviderAsync<TStack>(IMocks mocks, IServiceProvider serviceProvider, TestOptions? options = null)
        where TStack : Stack
    {
        ArgumentNullException.ThrowIfNull(serviceProvider);
        return TestStackAsync(mocks, options, () => serviceProvider.GetService(typeof(TStack)) as TStack
            ?? throw new ApplicationException(
                $"Failed to resolve instance of type {typeof(TStack)} from service provider. Register the type with the service provider before calling {nameof(RunAsync)}."));
    }

    /// <summary>Runs a function that creates resources and returns the stack's outputs.</summary>
    public static async Task<(ImmutableArray<Resource> Resources, IDictionary<string, object?> Outputs)> TestAsync(
        IMocks testMocks, TestOptions testOptions, Func<Task<IDictionary<string, object?>>> createResources)
    {
        var resources = await TestStackAsync(testMocks, testOptions, () => new TestStack(createResources));
        var stack = resources.OfType<TestStack>().Single();
        return ([.. resources.Where(resource => resource is not TestStack)], stack.Result);
    }

    /// <inheritdoc cref="TestAsync(IMocks, TestOptions, Func{Task{IDictionary{string, object}}})"/>
    public static Task<(ImmutableArray<Resource> Resources, IDictionary<string, object?> Outputs)> TestAsync(
        IMocks testMocks, TestOptions testOptions, Func<IDictionary<string, object?>> createResources)
        => TestAsync(testMocks, testOptions, () => Task.FromResult(createResources()));

    /// <summary>Runs a function that creates resources.</summary>
    public static async Task<ImmutableArray<Resource>> TestAsync(IMocks testMocks, TestOptions testOptions, Func<Task> createResources)
    {
        var (resources, _) = await TestAsync(testMocks, testOptions, async () =>
        {
            await createResources();
            return (IDictionary<string, object?>)ImmutableDictionary<string, object?>.Empty;
        });
        return resources;
    }

    /// <inheritdoc cref="TestAsync(IMocks, TestOptions, Func{Task})"/>
    public static Task<ImmutableArray<Resource>> TestAsync(IMocks testMocks, TestOptions testOptions, Action createResources)
        => TestAsync(testMocks, testOptions, () =>
        {
            createResources();
            return Task.CompletedTask;
        });

    // Async even where it need not be: the ambient deployment must not leak into the caller.
    private static async Task<ImmutableArray<Resource>> TestStackAsync(IMocks mocks, TestOptions? options, Func<Stack> createStack)
    {
        if (CurrentInstance.Value is not null)
        {
            throw new InvalidOperationException("Deployment.Instance should only be set once at the beginning of a 'Run' call.");
        }

        var monitor = new MockMonitor(mocks);
        var deployment = new Deployment(monitor, options);
        CurrentInstance.Value = new DeploymentInstance(deployment);
        await deployment.Runner.RunAsync(createStack);
        return deployment.Log.Errors switch
        {
            [] => monitor.GetResources(),
            [var error] => throw new RunException(error),
            var errors => throw new AggregateException(errors.Select(error => new RunException(error))),
        };
    }
}
