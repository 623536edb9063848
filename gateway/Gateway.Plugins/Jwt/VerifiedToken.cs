using Gateway.Model.Entities;

namespace Gateway.Plugins.Jwt;

/// <summary>A token whose signature was right, and what is asked of it again with each request.</summary>
/// <param name="Credential">The very object: a changed credential is another one, and its tokens are verified anew.</param>
/// <param name="Expires">Unix seconds of <c>exp</c>; null where it is absent or no number.</param>
/// <param name="NotBefore">Unix seconds of <c>nbf</c>; null where it is absent or no number.</param>
internal sealed record VerifiedToken(JwtSecret Credential, double? Expires, double? NotBefore);
