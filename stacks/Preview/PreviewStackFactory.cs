using System.Collections.Concurrent;

namespace Hybrid.Stacks.Preview;

/// <summary>Makes the stack when the testing runtime asks for it, and keeps hold of it.</summary>
internal sealed class PreviewStackFactory(string repository) : IServiceProvider
{
    public ConcurrentDictionary<string, ResourceFacts> Facts { get; } = new(StringComparer.Ordinal);

    public PreviewStack? Stack { get; private set; }

    public object? GetService(Type serviceType) => serviceType == typeof(PreviewStack) ? Stack = new PreviewStack(repository, Facts) : null;
}
