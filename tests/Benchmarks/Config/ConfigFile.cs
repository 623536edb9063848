using System.Text.Json;

namespace Hybrid.Benchmarks.Config;

/// <summary>A declarative file of a wanted size, as an export has it.</summary>
internal static class ConfigFile
{
    /// <param name="credentials">Of the consumers so many have a key, and as many a password.</param>
    /// <param name="changed">Routes whose path is another than without.</param>
    public static byte[] Of(int services, int routes, int consumers, int credentials = 0, int changed = 0)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("_format_version", "3.0");
            json.WriteStartArray("services");
            for (var service = 0; service < services; service++)
            {
                WriteService(json, service, services, routes, changed);
            }

            json.WriteEndArray();
            json.WriteStartArray("consumers");
            for (var consumer = 0; consumer < consumers; consumer++)
            {
                WriteConsumer(json, consumer, consumer < credentials);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static void WriteService(Utf8JsonWriter json, int service, int services, int routes, int changed)
    {
        json.WriteStartObject();
        json.WriteString("name", $"service-{service}");
        json.WriteString("url", $"http://upstream-{service}.internal:8080/api");
        json.WriteStartArray("routes");
        for (var route = service; route < routes; route += services)
        {
            json.WriteStartObject();
            json.WriteString("name", $"route-{route}");
            json.WriteStartArray("methods");
            json.WriteStringValue("GET");
            json.WriteEndArray();
            json.WriteStartArray("paths");
            json.WriteStringValue(route < changed ? $"/service-{service}/changed-{route}" : $"/service-{service}/route-{route}");
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteConsumer(Utf8JsonWriter json, int consumer, bool hasCredentials)
    {
        json.WriteStartObject();
        json.WriteString("username", $"consumer-{consumer}");
        json.WriteString("custom_id", $"custom-{consumer}");
        if (hasCredentials)
        {
            json.WriteStartArray("keyauth_credentials");
            json.WriteStartObject();
            json.WriteString("key", $"key-of-consumer-{consumer}");
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteStartArray("basicauth_credentials");
            json.WriteStartObject();
            json.WriteString("username", $"user-{consumer}");
            json.WriteString("password", $"password-{consumer}");
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
