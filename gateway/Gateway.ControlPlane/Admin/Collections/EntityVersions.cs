using System.Text;
using System.Text.Json.Nodes;
using Gateway.ControlPlane.Store.Sealing;
using Gateway.Model.Configuration;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Gateway.ControlPlane.Admin.Collections;

/// <summary>
/// ETags of entities, and the conditions that requests make of them (RFC 9110, 13). A version is a keyed hash of all of the entity, secrets included: it changes when anything does, tells
/// nothing of the secrets, is the same on every replica and costs no query.
/// </summary>
internal sealed class EntityVersions(CredentialHasher hasher)
{
    private const int Length = 32;

    /// <summary>In quotes.</summary>
    public string Of(JsonObject entity) => $"\"{hasher.Hash(Encoding.UTF8.GetString(CanonicalForm.Write(entity)))[..Length]}\"";

    /// <summary>What a write asks for: <c>If-Match</c>, and <c>If-None-Match: *</c> to create only.</summary>
    /// <param name="current">Null where there is no such entity.</param>
    /// <returns>Null, or why the write must not be.</returns>
    public ConfigurationError? Check(HttpRequest request, JsonObject? current)
    {
        var match = request.Headers.IfMatch;
        var noneMatch = request.Headers.IfNoneMatch;
        if (match.Count is 0 && noneMatch.Count is 0)
        {
            return null;
        }

        var version = current is null ? null : Of(current);
        if (match.Count > 0 && !Names(match, version))
        {
            return version is null
                ? new ConfigurationError(ErrorCode.PreconditionFailed, "If-Match does not hold: there is no such entity any more", new JsonObject { ["@etag"] = null })
                : new ConfigurationError(
                    ErrorCode.PreconditionFailed, $"If-Match does not hold: the entity was changed meanwhile, its ETag is {version}; read it again", new JsonObject { ["@etag"] = version });
        }

        return noneMatch.Count > 0 && Names(noneMatch, version)
            ? new ConfigurationError(ErrorCode.PreconditionFailed, $"If-None-Match does not hold: the entity is there, its ETag is {version}", new JsonObject { ["@etag"] = version })
            : null;
    }

    /// <summary>Whether a reader has this version already.</summary>
    public static bool IsKnown(HttpRequest request, string version) => request.Headers.IfNoneMatch is { Count: > 0 } known && Names(known, version);

    // By the strong comparison: a weak tag names no version. What can't be read names none either.
    private static bool Names(StringValues header, string? version) =>
        version is not null && EntityTagHeaderValue.TryParseStrictList([.. header.OfType<string>()], out var tags)
        && tags.Any(tag => tag.Tag == "*" || (!tag.IsWeak && tag.Tag == version));
}
