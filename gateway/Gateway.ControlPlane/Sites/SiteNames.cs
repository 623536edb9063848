using System.Text.RegularExpressions;

namespace Gateway.ControlPlane.Sites;

internal static partial class SiteNames
{
    public const string Allowed = "1 to 63 of a-z, 0-9 and -, beginning and ending with a letter or a digit";

    public static bool IsValid(string name) => Label().IsMatch(name);

    [GeneratedRegex("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Label();
}
