using System.Globalization;
using System.Text.Json;

namespace Pulumi;

/// <summary>Reads the configuration of a project (the default) or of a named bag.</summary>
public sealed class Config
{
    private readonly string _name;

    public Config(string? name = null)
    {
        name ??= Deployment.Instance.ProjectName;
        _name = name.EndsWith(":config", StringComparison.Ordinal) ? name[..^":config".Length] : name;
    }

    public string? Get(string key) => Deployment.InternalInstance.Configuration.Values.GetValueOrDefault(FullKey(key));

    public Output<string>? GetSecret(string key) => Get(key) is { } value ? Output.CreateSecret(value) : null;

    public bool? GetBoolean(string key) => Get(key) switch
    {
        null => null,
        "true" => true,
        "false" => false,
        var other => throw NotA(nameof(Boolean), key, other),
    };

    public Output<bool>? GetSecretBoolean(string key) => GetBoolean(key) is { } value ? Output.CreateSecret(value) : null;

    public int? GetInt32(string key) => Get(key) switch
    {
        null => null,
        var text when int.TryParse(text, NumberStyles.Integer, CultureInfo.CurrentCulture, out var value) => value,
        var other => throw NotA(nameof(Int32), key, other),
    };

    public Output<int>? GetSecretInt32(string key) => GetInt32(key) is { } value ? Output.CreateSecret(value) : null;

    public double? GetDouble(string key) => Get(key) switch
    {
        null => null,
        var text when double.TryParse(text, NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.CurrentCulture, out var value) => value,
        var other => throw NotA(nameof(Double), key, other),
    };

    public Output<double>? GetSecretDouble(string key) => GetDouble(key) is { } value ? Output.CreateSecret(value) : null;

    public T GetObject<T>(string key) => Get(key) is { } text ? Parse<T>(key, text) : default!;

    public Output<T>? GetSecretObject<T>(string key) => Get(key) is { } text ? Output.CreateSecret(Parse<T>(key, text)) : null;

    public string Require(string key) => Get(key) ?? throw Missing(key);

    public Output<string> RequireSecret(string key) => GetSecret(key) ?? throw Missing(key);

    public bool RequireBoolean(string key) => GetBoolean(key) ?? throw Missing(key);

    public Output<bool> RequireSecretBoolean(string key) => GetSecretBoolean(key) ?? throw Missing(key);

    public int RequireInt32(string key) => GetInt32(key) ?? throw Missing(key);

    public Output<int> RequireSecretInt32(string key) => GetSecretInt32(key) ?? throw Missing(key);

    public double RequireDouble(string key) => GetDouble(key) ?? throw Missing(key);

    public Output<double> RequireSecretDouble(string key) => GetSecretDouble(key) ?? throw Missing(key);

    public T RequireObject<T>(string key) => Parse<T>(key, Require(key));

    public Output<T> RequireSecretObject<T>(string key) => Output.CreateSecret(RequireObject<T>(key));

    private string FullKey(string key) => $"{_name}:{key}";

    private T Parse<T>(string key, string text)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(text)!;
        }
        catch (JsonException exception)
        {
            throw NotA(typeof(T).FullName!, key, text, exception);
        }
    }

    private RunException Missing(string key)
        => new($"Missing Required configuration variable '{FullKey(key)}'\n\tplease set a value using the command `pulumi config set {FullKey(key)} <value>`");

    private RunException NotA(string type, string key, string value, Exception? inner = null)
        => new($"Configuration '{FullKey(key)}' value '{value}' is not a valid {type}", inner);
}
