using System.Globalization;
using Gateway.DataPlane.Pipeline;
using Gateway.Model.Plugins.OpenIdConnect;
using Microsoft.AspNetCore.Http;

namespace Gateway.Plugins.OpenIdConnect;

/// <summary>Reads and writes sessions: in as many cookies as the tokens need, since browsers take 4 KiB per cookie (RFC 6265, section 6.1).</summary>
internal sealed class SessionCookies(OpenIdConnectConfig config, TimeProvider time)
{
    private const int CookieSize = 3800;
    private const int MaximumCookies = 6;

    private readonly CookieSealer<Session> _sealer = new(config, "session " + config.SessionCookieName);

    /// <summary>Null where there is none, or none that is still good.</summary>
    public Session? Read(HttpRequest request)
    {
        if (request.Cookies[config.SessionCookieName] is not { Length: > 0 } text)
        {
            return null;
        }

        for (var i = 2; i <= MaximumCookies && request.Cookies[NameOf(i)] is { Length: > 0 } more; i++)
        {
            text += more;
        }

        if (_sealer.Open(text) is not { } session)
        {
            return null;
        }

        var now = time.GetUtcNow();
        var isIdle = config.SessionIdlingTimeout > 0 && now - session.Used > TimeSpan.FromSeconds(config.SessionIdlingTimeout);
        var isOver = config.SessionAbsoluteTimeout > 0 && now - session.Created > TimeSpan.FromSeconds(config.SessionAbsoluteTimeout);
        return isIdle || isOver ? null : session;
    }

    public Session Begin(TokenSet tokens) => new(tokens, time.GetUtcNow(), time.GetUtcNow());

    /// <summary>Whether a session is to be written, so that it does not end of idling though it is used.</summary>
    public bool NeedsTouch(Session session) =>
        config.SessionIdlingTimeout > 0 && time.GetUtcNow() - session.Used > TimeSpan.FromSeconds(config.SessionIdlingTimeout / 10);

    public Session Touch(Session session) => session with { Used = time.GetUtcNow() };

    /// <summary>The Set-Cookie fields that leave the browser with this session alone.</summary>
    public IEnumerable<string> Write(RequestContext context, Session session)
    {
        var text = _sealer.Seal(session);
        var count = (text.Length + CookieSize - 1) / CookieSize;
        if (count > MaximumCookies)
        {
            throw new InvalidOperationException($"The tokens of the session need {count} cookies, more than {MaximumCookies}.");
        }

        for (var i = 1; i <= count; i++)
        {
            var from = (i - 1) * CookieSize;
            yield return Field(context, NameOf(i), text[from..Math.Min(text.Length, from + CookieSize)], maxAge: null);
        }

        foreach (var field in Leftovers(context, count))
        {
            yield return field;
        }
    }

    /// <summary>The Set-Cookie fields that end it.</summary>
    public IEnumerable<string> Clear(RequestContext context) => Leftovers(context, 0);

    /// <summary>Whether a cookie is one of these, which no upstream sees.</summary>
    public bool IsOurs(string name) => name == config.SessionCookieName
        || (name.StartsWith(config.SessionCookieName + "_", StringComparison.Ordinal) && int.TryParse(name.AsSpan(config.SessionCookieName.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _));

    private IEnumerable<string> Leftovers(RequestContext context, int count)
    {
        for (var i = count + 1; i <= MaximumCookies; i++)
        {
            if (context.Http.Request.Cookies.ContainsKey(NameOf(i)))
            {
                yield return Field(context, NameOf(i), string.Empty, maxAge: 0);
            }
        }
    }

    private string Field(RequestContext context, string name, string value, int? maxAge) => SetCookie.Field(
        name, value, config.SessionCookiePath, config.SessionCookieDomain, config.SessionCookieSameSite, config.SessionCookieSecure ?? context.Scheme == "https", maxAge);

    private string NameOf(int number) => number == 1 ? config.SessionCookieName : string.Create(CultureInfo.InvariantCulture, $"{config.SessionCookieName}_{number}");
}
