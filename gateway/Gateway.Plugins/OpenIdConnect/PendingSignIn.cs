namespace Gateway.Plugins.OpenIdConnect;

/// <summary>A sign-in that the provider has been asked for: sealed in a cookie, so that only the browser that began it can end it.</summary>
/// <param name="Target">Path and query that were asked for.</param>
internal sealed record PendingSignIn(string State, string Nonce, string Verifier, string RedirectUri, string Target, DateTimeOffset Begun);
