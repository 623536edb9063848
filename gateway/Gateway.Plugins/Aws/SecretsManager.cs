using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon;
using Amazon.Runtime;
using Gateway.DataPlane.References;
using Gateway.Model.References;

namespace Gateway.Plugins.Aws;

/// <summary>
/// References to AWS Secrets Manager. With the credentials of the default chain, which need <c>secretsmanager:GetSecretValue</c>. The endpoint is the region's, or what the SDKs' own variable says
/// (<c>AWS_ENDPOINT_URL_SECRETS_MANAGER</c>).
/// </summary>
internal sealed class SecretsManager : IReferenceSource, IDisposable
{
    private const string EndpointVariable = "AWS_ENDPOINT_URL_SECRETS_MANAGER";
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, HttpClient> _clients = new(StringComparer.Ordinal);

    public string Name => VaultReference.Aws;

    public async Task<string?> ReadAsync(VaultReference reference, CancellationToken cancellationToken)
    {
        if ((reference.Region ?? RegionOf(reference.Name) ?? Environment.GetEnvironmentVariable("AWS_REGION")) is not { Length: > 0 } region)
        {
            throw new ReferenceSourceException("there is no region: ?region=REGION in the reference, or AWS_REGION");
        }

        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, Endpoint(region));
            request.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["SecretId"] = reference.Name }));
            request.Content.Headers.ContentType = new("application/x-amz-json-1.1");
            request.Headers.TryAddWithoutValidation("X-Amz-Target", "secretsmanager.GetSecretValue");
            using var response = await _clients.GetOrAdd(region, CreateClient).SendAsync(request, cancellationToken);
            var answer = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            return response.StatusCode == HttpStatusCode.OK ? Value(answer)
                : ErrorOf(answer) is var error && error == "ResourceNotFoundException" ? null
                : throw new ReferenceSourceException($"{region} answered {(int)response.StatusCode} {error}");
        }
        catch (Exception failure) when (failure is HttpRequestException or AmazonClientException or JsonException || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new ReferenceSourceException(failure is OperationCanceledException ? $"{region} did not answer in time" : failure.Message, failure);
        }
    }

    public void Dispose()
    {
        foreach (var client in _clients.Values)
        {
            client.Dispose();
        }
    }

    // arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME
    private static string? RegionOf(string name) => name.StartsWith("arn:", StringComparison.Ordinal) && name.Split(':') is [_, _, _, var region, ..] ? region : null;

    private static Uri Endpoint(string region) =>
        Environment.GetEnvironmentVariable(EndpointVariable) is { Length: > 0 } own ? new Uri(own) : new Uri($"https://secretsmanager.{region}.{RegionEndpoint.GetBySystemName(region).PartitionDnsSuffix}/");

    private static HttpClient CreateClient(string region) =>
        new(SignedRequests.Through(new SocketsHttpHandler { UseCookies = false, UseProxy = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }, "secretsmanager", region)) { Timeout = Timeout };

    private static string? Value(byte[] answer)
    {
        var json = JsonNode.Parse(answer);
        return (string?)json?["SecretString"] ?? (json?["SecretBinary"] is { } binary ? Encoding.UTF8.GetString(Convert.FromBase64String((string)binary!)) : null);
    }

    // Such as "com.amazonaws.secretsmanager#AccessDeniedException"; the message beside it may say more than a log should hold.
    private static string ErrorOf(byte[] answer)
    {
        try
        {
            var type = (string?)JsonNode.Parse(answer)?["__type"] ?? string.Empty;
            return new([.. type[(type.LastIndexOf('#') + 1)..].TakeWhile(char.IsAsciiLetterOrDigit)]);
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            return "without a reason";
        }
    }
}
