namespace Gateway.Model.JsonSchemas;

/// <summary>Says inside the compiler what a schema gets wrong.</summary>
internal sealed class SchemaException(string message) : Exception(message);
