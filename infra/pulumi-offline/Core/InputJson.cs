using System.Text.Json;

namespace Pulumi;

/// <summary>Any JSON value as an input.</summary>
public sealed class InputJson : Input<JsonElement>
{
    public InputJson()
        : this(Output.Create(default(JsonElement)))
    {
    }

    private InputJson(Output<JsonElement> output)
        : base(output, derived: true)
    {
    }

    public static implicit operator InputJson(string json) => JsonDocument.Parse(json);

    public static implicit operator InputJson(JsonDocument document) => document.RootElement;

    public static implicit operator InputJson(JsonElement element) => Output.Create(element);

    public static implicit operator InputJson(Output<string> json) => json.Apply(text => JsonDocument.Parse(text).RootElement);

    public static implicit operator InputJson(Output<JsonDocument> document) => document.Apply(value => value.RootElement);

    public static implicit operator InputJson(Output<JsonElement> element) => new(element);
}
