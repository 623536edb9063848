using System.Globalization;
using System.Text;

namespace Gateway.Plugins.OpenIdConnect;

/// <summary>A Set-Cookie field (RFC 6265). Always HttpOnly: no script has any business with these.</summary>
internal static class SetCookie
{
    /// <param name="maxAge">Seconds; null for as long as the browser runs.</param>
    public static string Field(string name, string value, string path, string? domain, string sameSite, bool secure, int? maxAge)
    {
        var field = new StringBuilder(name).Append('=').Append(value).Append("; Path=").Append(path);
        if (domain is not null)
        {
            field.Append("; Domain=").Append(domain);
        }

        if (maxAge is { } seconds)
        {
            field.Append("; Max-Age=").Append(seconds.ToString(CultureInfo.InvariantCulture));
        }

        if (sameSite != "Default")
        {
            field.Append("; SameSite=").Append(sameSite);
        }

        // Browsers drop SameSite=None without it.
        if (secure || sameSite == "None")
        {
            field.Append("; Secure");
        }

        return field.Append("; HttpOnly").ToString();
    }
}
