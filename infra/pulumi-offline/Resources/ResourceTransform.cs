namespace Pulumi;

/// <summary>Changes a resource's serialised arguments and options; called by the engine, so never under mocks.</summary>
public delegate Task<ResourceTransformResult?> ResourceTransform(ResourceTransformArgs args, CancellationToken cancellationToken = default);
