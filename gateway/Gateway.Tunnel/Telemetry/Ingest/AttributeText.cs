using System.Globalization;
using Gateway.Tunnel.Telemetry.Otlp;

namespace Gateway.Tunnel.Telemetry.Ingest;

/// <summary>Attribute values as text: series are keyed by it.</summary>
internal static class AttributeText
{
    public static string Of(AnyValue? value) => value?.ValueCase switch
    {
        AnyValue.ValueOneofCase.StringValue => value.StringValue,
        AnyValue.ValueOneofCase.BoolValue => value.BoolValue ? "true" : "false",
        AnyValue.ValueOneofCase.IntValue => value.IntValue.ToString(CultureInfo.InvariantCulture),
        AnyValue.ValueOneofCase.DoubleValue => value.DoubleValue.ToString("R", CultureInfo.InvariantCulture),
        AnyValue.ValueOneofCase.BytesValue => value.BytesValue.ToBase64(),
        AnyValue.ValueOneofCase.ArrayValue => $"[{string.Join(',', value.ArrayValue.Values.Select(Of))}]",
        AnyValue.ValueOneofCase.KvlistValue => $"{{{string.Join(',', value.KvlistValue.Values.Select(pair => $"{pair.Key}={Of(pair.Value)}"))}}}",
        _ => "",
    };
}
