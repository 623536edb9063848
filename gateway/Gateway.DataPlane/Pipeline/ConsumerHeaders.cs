using Gateway.Model.Entities;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Gateway.DataPlane.Pipeline;

/// <summary>Kong's request headers that tell an upstream who calls.</summary>
public static class ConsumerHeaders
{
    public const string Id = "X-Consumer-ID";
    public const string CustomId = "X-Consumer-Custom-ID";
    public const string Username = "X-Consumer-Username";
    public const string CredentialIdentifier = "X-Credential-Identifier";
    public const string Anonymous = "X-Anonymous-Consumer";

    /// <summary>The groups by which the <c>acl</c> plugin let a consumer pass.</summary>
    public const string Groups = "X-Consumer-Groups";

    /// <summary>The same of a caller that is no consumer.</summary>
    public const string AuthenticatedGroups = "X-Authenticated-Groups";

    /// <summary>Takes away what a client claims: upstreams trust these headers, whether or not a route authenticates.</summary>
    internal static void Clear(IHeaderDictionary headers)
    {
        headers.Remove(Id);
        headers.Remove(CustomId);
        headers.Remove(Username);
        headers.Remove(CredentialIdentifier);
        headers.Remove(Anonymous);
        headers.Remove(Groups);
        headers.Remove(AuthenticatedGroups);
    }

    internal static void Set(IHeaderDictionary headers, Consumer? consumer, AuthenticatedCredential? credential)
    {
        SetOrRemove(headers, Id, consumer?.Id.ToString());
        SetOrRemove(headers, CustomId, consumer?.CustomId);
        SetOrRemove(headers, Username, consumer?.Username);
        SetOrRemove(headers, CredentialIdentifier, credential?.Identifier);
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
