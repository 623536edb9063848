using System.Globalization;
using Gateway.Plugins.Redis;

namespace Gateway.Plugins.RateLimitingAdvanced;

/// <summary>How clients are told about one window: by Kong's name of its size where it has one, otherwise by its seconds.</summary>
internal sealed class WindowHeaders
{
    public WindowHeaders(CounterWindow window)
    {
        var name = window.Size switch
        {
            1 => "Second",
            60 => "Minute",
            3600 => "Hour",
            86400 => "Day",
            2592000 => "Month",
            31536000 => "Year",
            _ => window.Size.ToString(CultureInfo.InvariantCulture),
        };
        Limit = $"X-RateLimit-Limit-{name}";
        Remaining = $"X-RateLimit-Remaining-{name}";
        LimitText = window.Limit.ToString(CultureInfo.InvariantCulture);
    }

    public string Limit { get; }

    public string Remaining { get; }

    public string LimitText { get; }
}
