using Gateway.DataPlane.Pipeline;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace Gateway.Plugins.Authentication;

/// <summary>
/// What all plugins have in common that find out who calls. Without an anonymous consumer each of a route's plugins must know the caller. With one they are alternatives, as in
/// Kong: the first that knows the caller is enough, and whom none knows is the anonymous consumer.
/// </summary>
/// <param name="name">The plugin's, for logs.</param>
/// <param name="anonymous">Id or username of the consumer that callers are whom nobody knows; null to refuse them.</param>
/// <param name="runOnPreflight">Whether OPTIONS requests are asked as well.</param>
internal abstract class AuthenticationPlugin(string name, PluginPhases phases, string? anonymous, bool runOnPreflight, ILogger logger) : PluginInstance(phases)
{
    private static readonly GatewayResponse NoAnonymous = GatewayResponse.Error(StatusCodes.Status500InternalServerError, "An unexpected error occurred");

    public sealed override ValueTask<GatewayResponse?> AccessAsync(RequestContext context)
    {
        if ((!runOnPreflight && HttpMethods.IsOptions(context.Http.Request.Method)) || (anonymous is not null && context.IsAuthenticated))
        {
            return default;
        }

        var identified = IdentifyAsync(context);
        return identified.IsCompletedSuccessfully ? new(Finish(context, identified.Result)) : AwaitAsync(identified, context);
    }

    /// <summary>Finds out who calls and says so by <see cref="RequestContext.Authenticate"/>.</summary>
    /// <returns>Null where the caller may pass, otherwise the refusal of callers for whom there is no anonymous consumer.</returns>
    protected abstract ValueTask<GatewayResponse?> IdentifyAsync(RequestContext context);

    /// <summary>Whether an answer is no refusal, so that it is given also where there is an anonymous consumer.</summary>
    protected virtual bool IsFinal(RequestContext context, GatewayResponse answer) => false;

    /// <summary>A refusal that names the way to authenticate (RFC 9110, section 11.6.1).</summary>
    protected static GatewayResponse Unauthorized(string message, string challenge) =>
        GatewayResponse.Error(StatusCodes.Status401Unauthorized, message, new KeyValuePair<string, StringValues>("WWW-Authenticate", challenge));

    /// <summary>A value of WWW-Authenticate.</summary>
    /// <param name="realm">Null or empty for none.</param>
    protected static string Challenge(string scheme, string? realm) => string.IsNullOrEmpty(realm)
        ? scheme
        : $"{scheme} realm=\"{realm.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private async ValueTask<GatewayResponse?> AwaitAsync(ValueTask<GatewayResponse?> identified, RequestContext context) => Finish(context, await identified);

    private GatewayResponse? Finish(RequestContext context, GatewayResponse? refusal)
    {
        if (refusal is null || anonymous is null || IsFinal(context, refusal))
        {
            return refusal;
        }

        if (context.Configuration.FindConsumer(anonymous) is not { } consumer)
        {
            AuthenticationLog.AnonymousIsMissing(logger, name, anonymous);
            return NoAnonymous;
        }

        context.Authenticate(consumer, credential: null);
        return null;
    }
}
