namespace Gateway.Settings;

/// <summary>One setting: everything that is to be known of it, once.</summary>
public sealed record SettingDefinition
{
    /// <summary>One of <see cref="SettingNames"/>.</summary>
    public required string Name { get; init; }

    /// <summary>Which role may have it.</summary>
    public required Roles Roles { get; init; }

    public SettingType Type { get; init; } = SettingType.Text;

    /// <summary>What it does, with the unit of numbers.</summary>
    public required string Description { get; init; }

    /// <summary>Null where there is none: the setting is required by <see cref="Required"/>, or may be absent.</summary>
    public string? Default { get; init; }

    /// <summary>The roles that cannot start without it.</summary>
    public Roles Required { get; init; }

    /// <summary>The value of DATABASE with which alone it may be set.</summary>
    public string? OnlyWithDatabase { get; init; }

    public int Minimum { get; init; }
    public int Maximum { get; init; } = int.MaxValue;
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>True where <c>off</c> is a value beside what the type allows.</summary>
    public bool MayBeOff { get; init; }

    /// <summary>True where <c>*</c>, for every name, may be an element of the list.</summary>
    public bool MayBeAny { get; init; }

    /// <summary>Its value is never shown. It may come from a file: <c>NAME_FILE</c> names one.</summary>
    public bool Secret { get; init; }

    /// <summary>The values it may have, in words.</summary>
    public string Allowed
    {
        get
        {
            var allowed = Type switch
            {
                SettingType.Integer => $"{Minimum} to {Maximum}",
                SettingType.Choice => string.Join(", ", Choices),
                SettingType.Path => "a path",
                SettingType.Listen => "IP-ADDRESS:PORT",
                SettingType.ListenList => "IP-ADDRESS:PORT [ssl] [http2] [proxy_protocol], separated by commas",
                SettingType.HostPortList => "HOST:PORT, separated by commas",
                SettingType.Url => "an https URL; http on loopback",
                SettingType.ProxyUrl => "http or https://[USER:PASSWORD@]HOST[:PORT], user and password percent-encoded",
                SettingType.RoleList => $"GROUP=ROLE or GROUP=ROLE:TAG+TAG, separated by commas; roles {string.Join(", ", RoleMapping.Roles)}, tags with viewer and editor",
                SettingType.NameList => "a-z, 0-9 and -, 1 to 63 characters each, separated by commas",
                SettingType.NetworkList => "IP addresses and CIDR blocks, separated by commas",
                _ => "a text that is not empty",
            };
            return MayBeOff ? $"{allowed}, or off" : MayBeAny ? $"{allowed}, or {SettingsContract.Any}" : allowed;
        }
    }
}
