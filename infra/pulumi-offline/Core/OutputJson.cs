using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Pulumi.Serialization;

namespace Pulumi;

/// <summary>JSON of values that hold inputs and outputs at any depth: one unknown makes the text unknown, one secret makes it secret.</summary>
internal static class OutputJson
{
    public static async Task<OutputData<string>> SerializeAsync<T>(Output<T> value, JsonSerializerOptions? options)
    {
        var collector = new OutputCollector();
        var root = collector.Take(await value.DataTask);
        if (!collector.Finish(0).IsKnown)
        {
            return collector.Finish("");
        }

        return collector.Finish(JsonSerializer.Serialize(root, With(options, new Factory(collector))));
    }

    public static async Task<OutputData<T>> DeserializeAsync<T>(Output<string> json, JsonSerializerOptions? options)
    {
        var data = await json.DataTask;
        if (!data.IsKnown)
        {
            return OutputData.Create(data.Resources, default(T)!, isKnown: false, data.IsSecret);
        }

        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(data.Value));
        var value = await JsonSerializer.DeserializeAsync<T>(stream, With(options, new Factory(new OutputCollector(), data.Resources, data.IsSecret)));
        return OutputData.Create(data.Resources, value!, isKnown: true, data.IsSecret);
    }

    private static JsonSerializerOptions With(JsonSerializerOptions? options, JsonConverter converter)
    {
        var extended = options is null ? new JsonSerializerOptions() : new JsonSerializerOptions(options);
        extended.Converters.Add(converter);
        return extended;
    }

    private sealed class Factory(OutputCollector collector, ImmutableHashSet<Resource>? resources = null, bool isSecret = false) : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert)
            => typeToConvert.IsGenericType
                && (typeToConvert.GetGenericTypeDefinition() == typeof(Output<>) || typeToConvert.GetGenericTypeDefinition() == typeof(Input<>));

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options)
        {
            var definition = typeToConvert.GetGenericTypeDefinition() == typeof(Output<>) ? typeof(OutputConverter<>) : typeof(InputConverter<>);
            return (JsonConverter)Activator.CreateInstance(definition.MakeGenericType(typeToConvert.GetGenericArguments()), this)!;
        }

        public Output<T> Read<T>(ref Utf8JsonReader reader, JsonSerializerOptions options)
        {
            var value = JsonSerializer.Deserialize<T>(ref reader, options);
            return new Output<T>(Task.FromResult(new OutputData<T>(resources ?? [], value!, IsKnown: true, isSecret)));
        }

        public void Write<T>(Utf8JsonWriter writer, Output<T> value, JsonSerializerOptions options)
        {
            // Converters are synchronous; nothing here runs under a synchronisation context.
            var data = value.DataTask.GetAwaiter().GetResult();
            collector.Take(data);
            if (data.IsKnown)
            {
                JsonSerializer.Serialize(writer, data.Value, options);
            }
            else
            {
                writer.WriteNullValue();
            }
        }
    }

    private sealed class OutputConverter<T>(Factory factory) : JsonConverter<Output<T>>
    {
        public override Output<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
            => factory.Read<T>(ref reader, options);

        public override void Write(Utf8JsonWriter writer, Output<T> value, JsonSerializerOptions options)
            => factory.Write(writer, value, options);
    }

    private sealed class InputConverter<T>(Factory factory) : JsonConverter<Input<T>>
    {
        public override Input<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
            => factory.Read<T>(ref reader, options);

        public override void Write(Utf8JsonWriter writer, Input<T> value, JsonSerializerOptions options)
            => factory.Write(writer, value.ToOutput(), options);
    }
}
