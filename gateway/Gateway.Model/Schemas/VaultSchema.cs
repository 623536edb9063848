using Gateway.Model.Entities;

namespace Gateway.Model.Schemas;

internal static class VaultSchema
{
    // A reference to a vault may name its kind in place of an entity, so no entity is called so.
    private static readonly string[] Kinds = ["env", "aws", "azure", "conjur", "gcp", "hcv"];

    public static EntitySchema Create() => new()
    {
        Kind = EntityKinds.Vaults,
        EndpointKey = "prefix",
        Fields =
        [
            CommonFields.Id,
            CommonFields.CreatedAt,
            CommonFields.UpdatedAt,
            Field.Text("prefix") with { Unique = true, Required = true, Check = value => PrefixProblem(value.GetValue<string>()) },
            Field.Choice("name", null, "env") with { Required = true, Unsupported = [.. Kinds.Skip(1)] },
            Field.Text("description"),
            Field.Record("config", Field.Text("prefix") with { Check = value => Texts.VariableProblem(value.GetValue<string>()) }),
            CommonFields.Tags,
        ],
    };

    private static string? PrefixProblem(string prefix) =>
        Kinds.Contains(prefix, StringComparer.Ordinal) ? $"must not be one of: {string.Join(", ", Kinds)}" : Texts.VaultPrefixProblem(prefix);
}
