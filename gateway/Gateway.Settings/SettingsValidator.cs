using System.Globalization;
using System.Net;

namespace Gateway.Settings;

/// <summary>The rules, over names without prefix. A null value is one that will be known later.</summary>
internal sealed class SettingsValidator(IReadOnlyDictionary<string, string?> settings)
{
    private const int ShortestAdminToken = 32;

    private readonly List<SettingError> _errors = [];

    public IReadOnlyList<SettingError> Errors => _errors;

    public void Validate()
    {
        foreach (var (name, value) in settings.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            ValidateOne(name, value);
        }

        var role = Role();
        if (role is Roles.None)
        {
            return;
        }

        ValidateDatabase(role);
        foreach (var definition in SettingsContract.All)
        {
            ValidatePresence(definition, role);
        }

        ValidateTls();
        ValidateEnrollment();
        ValidateProxy();
        if (role is Roles.ControlPlane)
        {
            ValidateAdmin();
            ValidateIam();
        }
    }

    public static bool IsName(string text) =>
        text.Length is > 0 and <= 63 && text[0] != '-' && text[^1] != '-' && text.All(letter => letter is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-');

    public static string[] Split(string list) => list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    public static IPNetwork? TryParseNetwork(string text) =>
        IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : null;

    public static Uri? TryParseUrl(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback))
        && url.UserInfo.Length is 0 && url.Query.Length is 0 && url.Fragment.Length is 0
            ? url
            : null;

    private Roles Role() => settings.GetValueOrDefault(SettingNames.Role) switch
    {
        SettingsContract.ControlPlaneRole => Roles.ControlPlane,
        SettingsContract.DataPlaneRole => Roles.DataPlane,
        null => Missing(),
        _ => Roles.None,
    };

    private Roles Missing()
    {
        if (!settings.ContainsKey(SettingNames.Role))
        {
            Add(SettingNames.Role, "required setting missing", SettingsContract.Find(SettingNames.Role)!.Allowed);
        }

        return Roles.None;
    }

    private void ValidateOne(string name, string? value)
    {
        if (SettingsContract.Find(name) is not { } definition)
        {
            var nearest = SettingsContract.All.Select(known => known.Name).MinBy(known => Distance(known, name))!;
            Add(name, Distance(nearest, name) <= 3 ? $"unknown setting; did you mean {SettingsEnvironment.EnvironmentName(nearest)}?" : "unknown setting");
        }
        else if (value is not null && !IsValid(definition, value))
        {
            Add(name, definition.Secret ? "the value is not valid" : $"'{value}' is not valid", definition.Allowed);
        }
    }

    private void ValidateDatabase(Roles role)
    {
        var database = settings.GetValueOrDefault(SettingNames.Database);
        if (role is Roles.DataPlane && database is not null and not SettingsContract.Off)
        {
            Add(SettingNames.Database, "a data plane has no database", SettingsContract.Off);
        }

        if (role is Roles.ControlPlane && database is SettingsContract.Off)
        {
            Add(SettingNames.Database, "a control plane needs a database", $"{SettingsContract.Postgres}, {SettingsContract.Sqlite}");
        }

        foreach (var definition in SettingsContract.All.Where(definition => definition.OnlyWithDatabase is not null && settings.ContainsKey(definition.Name) && definition.Roles.HasFlag(role)))
        {
            if (database is not null && database != definition.OnlyWithDatabase)
            {
                Add(definition.Name, $"has no meaning with {SettingsEnvironment.EnvironmentName(SettingNames.Database)}={database}");
            }
        }

        if (role is Roles.ControlPlane && database is SettingsContract.Sqlite)
        {
            RequirePresent(SettingNames.SqlitePath);
        }

        if (role is Roles.ControlPlane && database is SettingsContract.Postgres)
        {
            RequirePresent(SettingNames.PgHost);
        }
    }

    private void ValidatePresence(SettingDefinition definition, Roles role)
    {
        if (settings.ContainsKey(definition.Name))
        {
            if (!definition.Roles.HasFlag(role))
            {
                Add(definition.Name, $"does not belong to a {(role is Roles.DataPlane ? "data plane" : "control plane")}");
            }
        }
        else if (definition.Required.HasFlag(role))
        {
            RequirePresent(definition.Name);
        }
    }

    private void ValidateTls()
    {
        if (settings.ContainsKey(SettingNames.SslCert) || settings.ContainsKey(SettingNames.SslCertKey))
        {
            RequirePresent(SettingNames.SslCert);
            RequirePresent(SettingNames.SslCertKey);
        }
    }

    private void ValidateEnrollment()
    {
        if (settings.TryGetValue(SettingNames.ClusterEnrollListen, out var listen) && listen != SettingsContract.Off)
        {
            RequirePresent(SettingNames.ClusterCaKey);
            RequirePresent(SettingNames.ClusterEnrollEndpoint);
        }
    }

    private void ValidateProxy()
    {
        if (settings.TryGetValue(SettingNames.ClusterUseProxy, out var use) && use != SettingsContract.Off)
        {
            RequirePresent(SettingNames.ProxyServer);
        }
        else if (settings.ContainsKey(SettingNames.ProxyServer))
        {
            Add(SettingNames.ProxyServer, $"has no meaning without {SettingsEnvironment.EnvironmentName(SettingNames.ClusterUseProxy)}=on");
        }
    }

    private void ValidateAdmin()
    {
        var addresses = Split(settings.GetValueOrDefault(SettingNames.AdminListen) ?? "").Select(item => ListenAddress.TryParse(item, mayHaveFlags: true)).ToList();
        if (addresses.Exists(address => address is { ProxyProtocol: true }))
        {
            Add(SettingNames.AdminListen, "the Admin API believes nobody who says who the client is", "IP-ADDRESS:PORT [ssl] [http2], separated by commas");
        }

        if (addresses.Exists(address => address is { Tls: true }) || settings.ContainsKey(SettingNames.AdminSslCert) || settings.ContainsKey(SettingNames.AdminSslCertKey))
        {
            RequirePresent(SettingNames.AdminSslCert);
            RequirePresent(SettingNames.AdminSslCertKey);
        }

        string[] provider = [SettingNames.AdminOidcIssuer, SettingNames.AdminOidcAudience, SettingNames.AdminOidcRoles];
        if (provider.Any(settings.ContainsKey))
        {
            Array.ForEach(provider, RequirePresent);
        }

        if (settings.GetValueOrDefault(SettingNames.AdminToken) is { Length: < ShortestAdminToken })
        {
            Add(SettingNames.AdminToken, "is too short", $"at least {ShortestAdminToken} random characters");
        }
    }

    private void ValidateIam()
    {
        if (settings.GetValueOrDefault(SettingNames.PgIamAuth) is not "on")
        {
            if (settings.ContainsKey(SettingNames.PgIamRegion))
            {
                Add(SettingNames.PgIamRegion, $"has no meaning without {SettingsEnvironment.EnvironmentName(SettingNames.PgIamAuth)}=on");
            }

            return;
        }

        if (settings.GetValueOrDefault(SettingNames.PgSsl) is SettingsContract.Off)
        {
            Add(SettingNames.PgSsl, $"is off, but {SettingsEnvironment.EnvironmentName(SettingNames.PgIamAuth)} sends a token that must not be seen", "on");
        }

        if (settings.ContainsKey(SettingNames.PgPassword))
        {
            Add(SettingNames.PgPassword, $"has no meaning with {SettingsEnvironment.EnvironmentName(SettingNames.PgIamAuth)}=on");
        }
    }

    private void RequirePresent(string name)
    {
        if (!settings.ContainsKey(name))
        {
            Add(name, "required setting missing", SettingsContract.Find(name)!.Allowed);
        }
    }

    private static bool IsValid(SettingDefinition definition, string value)
    {
        if (definition.MayBeOff && value == SettingsContract.Off)
        {
            return true;
        }

        return definition.Type switch
        {
            SettingType.Integer => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= definition.Minimum && number <= definition.Maximum,
            SettingType.Choice => definition.Choices.Contains(value, StringComparer.Ordinal),
            SettingType.Listen => ListenAddress.TryParse(value) is not null,
            SettingType.ListenList => IsListOf(value, item => ListenAddress.TryParse(item, mayHaveFlags: true) is not null),
            SettingType.HostPortList => IsListOf(value, item => HostPort.TryParse(item) is not null),
            SettingType.Url => TryParseUrl(value) is not null,
            SettingType.ProxyUrl => ProxyServer.TryParse(value) is not null,
            SettingType.RoleList => RoleMapping.TryParseList(value) is not null,
            SettingType.NameList => IsListOf(value, item => IsName(item) || (definition.MayBeAny && item is SettingsContract.Any)),
            SettingType.NetworkList => IsListOf(value, item => TryParseNetwork(item) is not null),
            _ => value.Length > 0,
        };
    }

    private static bool IsListOf(string value, Func<string, bool> isItem) => Split(value) is { Length: > 0 } items && items.All(isItem);

    private void Add(string name, string problem, string? allowed = null) => _errors.Add(new(SettingsEnvironment.EnvironmentName(name), problem, allowed));

    // Levenshtein: how many letters to insert, remove or replace.
    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var cost = left[i - 1] == right[j - 1] ? diagonal : diagonal + 1;
                diagonal = row[j];
                row[j] = Math.Min(cost, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[right.Length];
    }
}
