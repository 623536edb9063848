namespace Gateway.Plugins.OpenIdConnect;

/// <summary>A signed-in user's session: all of it is in the browser's cookies, sealed.</summary>
/// <param name="Created">When the user signed in.</param>
/// <param name="Used">About when it was used last: cookies are written anew once a tenth of the idling time-out has passed.</param>
internal sealed record Session(TokenSet Tokens, DateTimeOffset Created, DateTimeOffset Used);
