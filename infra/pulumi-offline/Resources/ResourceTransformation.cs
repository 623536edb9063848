namespace Pulumi;

/// <summary>Changes the arguments and options of a resource before it is registered; null changes nothing.</summary>
public delegate ResourceTransformationResult? ResourceTransformation(ResourceTransformationArgs args);
