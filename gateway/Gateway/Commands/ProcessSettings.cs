using System.Collections;
using Gateway.Settings;

namespace Gateway.Commands;

/// <summary>This process's settings, from its environment.</summary>
internal static class ProcessSettings
{
    /// <exception cref="CommandException">They are not valid; the message has a line for each error.</exception>
    public static GatewaySettings Read()
    {
        var environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(entry => KeyValuePair.Create((string)entry.Key, (string?)entry.Value));
        var result = SettingsReader.Read(environment);
        return result.Settings ?? throw new CommandException(string.Join(Environment.NewLine + "gateway: ", result.Errors));
    }
}
