using System.Text.RegularExpressions;

namespace Gateway.Settings;

/// <summary>How settings appear in an environment.</summary>
public static partial class SettingsEnvironment
{
    public const string Prefix = "GATEWAY_";

    /// <summary>A secret's value may be in the file that the variable with this suffix names.</summary>
    public const string FileSuffix = "_FILE";

    public static string EnvironmentName(string setting) => Prefix + setting;

    /// <summary>
    /// What is wrong with the settings of one process, before it exists. A value that is not known yet (it is made at deployment) is null: its name is checked all
    /// the same, and it counts as set.
    /// </summary>
    public static IReadOnlyList<SettingError> Validate(IReadOnlyDictionary<string, string?> settings)
    {
        var validator = new SettingsValidator(settings);
        validator.Validate();
        return validator.Errors;
    }

    /// <summary>
    /// Kubernetes sets variables for each Service of the namespace (docker links); those of a Service that is called <c>gateway</c>, or whose name begins so, look like
    /// settings. A setting's own name is never one of them, and <c>…_PORT</c> is one only where its value is the link that Kubernetes writes (<c>tcp://10.0.0.1:8001</c>):
    /// anything else there is somebody's misspelt setting.
    /// </summary>
    internal static bool IsServiceLink(string variable, string value) =>
        SettingsContract.Find(variable[Prefix.Length..]) is null && (LinkName().IsMatch(variable) || (PortName().IsMatch(variable) && LinkValue().IsMatch(value)));

    [GeneratedRegex(@"^GATEWAY(_[A-Z0-9_]+)?_(SERVICE_(HOST|PORT(_[A-Z0-9_]+)?)|PORT_\d+_(TCP|UDP|SCTP)(_(ADDR|PORT|PROTO))?)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LinkName();

    [GeneratedRegex(@"^GATEWAY(_[A-Z0-9_]+)?_PORT$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PortName();

    [GeneratedRegex("^(tcp|udp|sctp)://", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LinkValue();
}
