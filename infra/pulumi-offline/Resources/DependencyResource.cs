namespace Pulumi;

/// <summary>A resource of which only the URN is known.</summary>
internal sealed class DependencyResource(string urn) : Resource(urn);
