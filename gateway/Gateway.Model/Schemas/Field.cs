using System.Text.Json.Nodes;

namespace Gateway.Model.Schemas;

/// <summary>Shorthand for declaring fields.</summary>
internal static class Field
{
    public static FieldSchema Text(string name, string? @default = null) =>
        new(name, FieldType.String) { Default = @default, Required = @default is not null, MinimumLength = 1 };

    public static FieldSchema Choice(string name, string? @default, params IReadOnlyList<string> values) =>
        new(name, FieldType.String) { Default = @default, Required = @default is not null, OneOf = values };

    public static FieldSchema Integer(string name, int? @default, double minimum, double maximum) =>
        new(name, FieldType.Integer) { Default = @default, Required = @default is not null, Between = (minimum, maximum) };

    public static FieldSchema Number(string name, double? @default, double minimum, double maximum) =>
        new(name, FieldType.Number) { Default = @default, Required = @default is not null, Between = (minimum, maximum) };

    public static FieldSchema Flag(string name, bool? @default) => new(name, FieldType.Boolean) { Default = @default, Required = @default is not null };

    public static FieldSchema List(string name, FieldSchema elements, JsonArray? @default = null) =>
        new(name, FieldType.Array) { Elements = elements, Default = @default, Required = @default is not null };

    public static FieldSchema Set(string name, FieldSchema elements, JsonArray? @default = null) =>
        new(name, FieldType.Set) { Elements = elements, Default = @default, Required = @default is not null };

    public static FieldSchema Record(string name, params IReadOnlyList<FieldSchema> fields) => new(name, FieldType.Record) { Fields = fields };

    public static FieldSchema Foreign(string name, string kind, bool cascades) =>
        new(name, FieldType.Foreign) { Reference = kind, CascadesOnDelete = cascades };
}
