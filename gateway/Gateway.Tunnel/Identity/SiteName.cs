namespace Gateway.Tunnel.Identity;

/// <summary>The rule for a site's name: a DNS label, so that it fits into a URI, a Kubernetes name and a metric label as it is.</summary>
public static class SiteName
{
    public const int MaximumLength = 63;

    /// <summary>For error messages.</summary>
    public const string Allowed = "1 to 63 of a-z, 0-9 and -, beginning and ending with a letter or digit";

    public static bool IsValid(ReadOnlySpan<char> name)
    {
        if (name.IsEmpty || name.Length > MaximumLength || name[0] == '-' || name[^1] == '-')
        {
            return false;
        }

        foreach (var c in name)
        {
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '-')
            {
                return false;
            }
        }

        return true;
    }
}
