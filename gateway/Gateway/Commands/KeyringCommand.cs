using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.ControlPlane;
using Gateway.ControlPlane.Store.Sealing;
using Gateway.Hosting;
using Gateway.Settings;

namespace Gateway.Commands;

/// <summary><c>gateway keyring</c>: what the database holds under which key of <c>KEYRING_FILE</c>, and sealing it anew.</summary>
internal static class KeyringCommand
{
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "As JSON" };
        var status = new Command("status", "Show what of the control plane's database is sealed under which key") { json };
        status.SetAction((parsed, cancellationToken) => RunAsync(
            async options => Print(await StoreKeys.ReadUseAsync(options, cancellationToken), sealedAnew: null, parsed.GetValue(json))));

        var rotate = new Command(
            "rotate",
            "Seal all secrets and the retained history anew under the active key: in batches, while control planes run (SQLite's must be stopped); may be stopped and repeated")
        {
            json,
        };
        rotate.SetAction((parsed, cancellationToken) => RunAsync(async options =>
        {
            var (count, use) = await StoreKeys.RotateAsync(options, progress: null, cancellationToken);
            return Print(use, count, parsed.GetValue(json));
        }));

        return new Command("keyring", "The keys that the control plane's secrets are sealed under") { status, rotate };
    }

    private static async Task<int> RunAsync(Func<ControlPlaneOptions, Task<int>> action)
    {
        var settings = ProcessSettings.Read();
        var controlPlane = settings.ControlPlane
            ?? throw new CommandException($"{SettingsEnvironment.EnvironmentName(SettingNames.Role)}: a data plane has no database");
        try
        {
            return await action(ControlPlaneHost.Options(settings, controlPlane));
        }
        catch (StartRefusedException problem)
        {
            throw new CommandException(problem.Message);
        }
    }

    /// <returns>0, or 2 where something is sealed under a key that is not the active one.</returns>
    private static int Print(IReadOnlyList<KeyUse> uses, long? sealedAnew, bool json)
    {
        var isDone = uses.All(use => use.Active || use.IsUnused);
        if (json)
        {
            Console.WriteLine(Document(uses, sealedAnew, isDone).ToJsonString(new JsonSerializerOptions { WriteIndented = true }));
            return isDone ? 0 : 2;
        }

        if (sealedAnew is { } count)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"sealed {count} rows anew"));
        }

        foreach (var use in uses)
        {
            var name = use.KeyId is null ? "keys that the ring lacks" : $"key {use.KeyId}";
            var state = use.Active ? " (seals)" : use.IsUnused ? " (unused: may be removed from every ring)" : "";
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}{state}: {use.Entities} entities, {use.Changes} documents of the history"));
        }

        return isDone ? 0 : 2;
    }

    private static JsonObject Document(IReadOnlyList<KeyUse> uses, long? sealedAnew, bool isDone)
    {
        var document = new JsonObject { ["done"] = isDone };
        if (sealedAnew is not null)
        {
            document["sealed"] = sealedAnew;
        }

        document["keys"] = new JsonArray([.. uses.Select(use => (JsonNode)new JsonObject
        {
            ["id"] = use.KeyId,
            ["active"] = use.Active,
            ["entities"] = use.Entities,
            ["changes"] = use.Changes,
        })]);
        return document;
    }
}
