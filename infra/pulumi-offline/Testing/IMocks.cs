namespace Pulumi.Testing;

/// <summary>Answers in place of the engine and its providers.</summary>
public interface IMocks
{
    /// <summary>
    /// A resource is registered or read. The state, by schema name, is a dictionary or an args object; the id may be null for components.
    /// </summary>
    Task<(string? id, object state)> NewResourceAsync(MockResourceArgs args);

    /// <summary>A provider function is called; the result, by schema name, is a dictionary.</summary>
    Task<object> CallAsync(MockCallArgs args);

    /// <summary>A component or stack registered its outputs.</summary>
    Task RegisterResourceOutputs(MockRegisterResourceOutputsRequest args) => Task.CompletedTask;
}
