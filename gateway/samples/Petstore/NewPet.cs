namespace Petstore;

internal sealed record NewPet(string Name, string Kind);
