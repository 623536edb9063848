using System.Text.Json.Nodes;

namespace Gateway.ControlPlane.Admin.Information;

/// <summary>What a client wrote of a rollback: all errors, or everything.</summary>
internal sealed class RollbackInput
{
    private const int LongestReason = 500;

    public JsonObject Errors { get; } = [];

    /// <summary>Whether consumers' credentials are rolled back as well.</summary>
    public bool Credentials { get; private set; }

    /// <summary>Whether nothing is changed, only told.</summary>
    public bool DryRun { get; private set; }

    public string? Reason { get; private set; }

    public static RollbackInput Read(JsonObject body)
    {
        var input = new RollbackInput();
        foreach (var (field, value) in body)
        {
            switch (field)
            {
                case "credentials":
                    input.Credentials = input.Flag(field, value);
                    break;
                case "dry_run":
                    input.DryRun = input.Flag(field, value);
                    break;
                case "reason":
                    input.ReadReason(value);
                    break;
                default:
                    input.Errors[field] = "unknown field";
                    break;
            }
        }

        return input;
    }

    private bool Flag(string field, JsonNode? value)
    {
        switch (value?.ToString())
        {
            case "true":
                return true;
            case "false":
                return false;
            default:
                Errors[field] = "expected a boolean";
                return false;
        }
    }

    private void ReadReason(JsonNode? value)
    {
        if (value is JsonValue node && node.TryGetValue<string>(out var text) && text.Length is > 0 and <= LongestReason)
        {
            Reason = text;
            return;
        }

        Errors["reason"] = $"expected a text; allowed: 1 to {LongestReason} characters";
    }
}
