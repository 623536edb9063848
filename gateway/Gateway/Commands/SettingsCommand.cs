using System.CommandLine;
using Gateway.Settings;

namespace Gateway.Commands;

/// <summary><c>gateway settings</c>: what can be set.</summary>
internal static class SettingsCommand
{
    public static Command Create()
    {
        var command = new Command("settings", "List every setting: its variable, which role it belongs to, its default and what it may be");
        command.SetAction(_ =>
        {
            foreach (var definition in SettingsContract.All)
            {
                var role = definition.Roles switch { Roles.ControlPlane => "control plane", Roles.DataPlane => "data plane", _ => "both roles" };
                var fallback = definition.Default is null ? (definition.Required is Roles.None ? "optional" : "required") : $"default {definition.Default}";
                Console.WriteLine($"{SettingsEnvironment.EnvironmentName(definition.Name)} ({role}, {fallback})");
                Console.WriteLine($"    {definition.Description} Allowed: {definition.Allowed}.");
            }
        });
        return command;
    }
}
