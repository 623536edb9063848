namespace Gateway.ControlPlane.Sites.Certificates;

/// <summary>A certificate's serial number, as people copy it from any tool: with or without colons, in either case, with or without leading zeros.</summary>
internal static class SerialNumber
{
    public const string Allowed = "1 to 40 hexadecimal digits, with or without colons between bytes";

    // RFC 5280, 4.1.2.2: at most 20 octets.
    private const int MaximumLength = 40;

    /// <summary>As the tunnel says it: lower-case, whole bytes. Null where it is none.</summary>
    public static string? TryParse(string text)
    {
        var digits = text.Replace(":", "", StringComparison.Ordinal).ToLowerInvariant();
        if (digits.Length is 0 or > MaximumLength || !digits.All(char.IsAsciiHexDigitLower))
        {
            return null;
        }

        var trimmed = digits.TrimStart('0');
        var even = trimmed.Length % 2 == 0 ? trimmed : $"0{trimmed}";

        // DER: a first bit of 1 would make it negative, so such a number has a zero byte before it.
        return even.Length == 0 || even[0] >= '8' ? $"00{even}" : even;
    }
}
