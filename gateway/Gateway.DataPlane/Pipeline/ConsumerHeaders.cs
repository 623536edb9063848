using Gateway.Model.Entities;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Gateway.DataPlane.Pipeline;

/// <summary>Kong's request headers that tell an upstream who calls.</summary>
internal static class ConsumerHeaders
{
    public const string Id = "X-Consumer-ID";
    public const string CustomId = "X-Consumer-Custom-ID";
    public const string Username = "X-Consumer-Username";
    public const string CredentialIdentifier = "X-Credential-Identifier";
    public const string Anonymous = "X-Anonymous-Consumer";

    /// <summary>Takes away what a client claims: upstreams trust these headers, whether or not a route authenticates.</summary>
    public static void Clear(IHeaderDictionary headers)
    {
        headers.Remove(Id);
        headers.Remove(CustomId);
        headers.Remove(Username);
        headers.Remove(CredentialIdentifier);
        headers.Remove(Anonymous);
    }

    public static void Set(IHeaderDictionary headers, Consumer? consumer, AuthenticatedCredential? credential)
    {
        SetOrRemove(headers, Id, consumer?.Id.ToString());
        SetOrRemove(headers, CustomId, consumer?.CustomId);
        SetOrRemove(headers, Username, consumer?.Username);
        SetOrRemove(headers, CredentialIdentifier, credential?.Id);
        SetOrRemove(headers, Anonymous, credential is null ? "true" : null);
    }

    private static void SetOrRemove(IHeaderDictionary headers, string name, string? value)
    {
        if (value is null)
        {
            headers.Remove(name);
        }
        else
        {
            headers[name] = new StringValues(value);
        }
    }
}
