namespace Petstore;

internal sealed record Pet(int Id, string Name, string Kind);
