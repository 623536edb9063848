namespace Hybrid.Stacks.Preview.Graph;

/// <summary>Something with its place in the drawing.</summary>
internal sealed record PlacedBox<T>(T Item, double X, double Y, double Width, double Height);
