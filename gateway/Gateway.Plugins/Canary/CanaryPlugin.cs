using System.Collections.Frozen;
using Gateway.DataPlane.Pipeline;
using Gateway.Model.Plugins.Canary;
using Microsoft.Extensions.Primitives;

namespace Gateway.Plugins.Canary;

/// <summary>Kong's <c>canary</c>: divides callers into parts, and sends the first ones to another host, port or path.</summary>
internal sealed class CanaryPlugin : PluginInstance
{
    private readonly CanaryConfig _config;
    private readonly double _start;
    private readonly string? _path;
    private readonly TimeProvider _time;
    private readonly FrozenSet<string> _groups;

    /// <param name="createdAt">Unix seconds: the start where the config names none.</param>
    public CanaryPlugin(CanaryConfig config, long createdAt, TimeProvider time)
        : base(new PluginPhases { Access = PhaseMode.Inline })
    {
        _config = config;
        _start = config.Start ?? createdAt;
        _path = config.UpstreamUri is { } uri ? UpstreamPathText.Of(uri) : null;
        _time = time;
        _groups = (config.Groups ?? []).ToFrozenSet(StringComparer.Ordinal);
    }

    public override ValueTask<GatewayResponse?> AccessAsync(RequestContext context)
    {
        switch (Choice(context))
        {
            case "always":
                // Who chooses the canary gets it, reachable or not.
                context.Upstream.SwitchTo(_config.UpstreamHost, _config.UpstreamPort, _path, fallBack: false);
                break;
            case not "never" when IsChosen(context):
                context.Upstream.SwitchTo(_config.UpstreamHost, _config.UpstreamPort, _path, _config.UpstreamFallback);
                break;
        }

        return default;
    }

    private string Choice(RequestContext context) =>
        _config.CanaryByHeaderName is { } name && context.Http.Request.Headers[name] is [{ } choice, ..] ? choice : string.Empty;

    // The same arithmetic as Kong's: parts are numbered from 0, and those up to the last one go to the canary.
    private bool IsChosen(RequestContext context)
    {
        if (_config.Hash is "allow" or "deny")
        {
            return IsInGroup(context) == (_config.Hash == "allow");
        }

        double last;
        if (_config.Percentage is { } percentage)
        {
            last = (percentage * _config.Steps / 100) - 1;
        }
        else
        {
            var elapsed = (_time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0) - _start;
            if (elapsed < 0)
            {
                return false;
            }

            if (elapsed > _config.Duration)
            {
                return true;
            }

            last = Math.Floor(elapsed / _config.Duration * _config.Steps);
        }

        return Part(context) <= last;
    }

    // Who is not known is in no group.
    private bool IsInGroup(RequestContext context)
    {
        if (context.Consumer is not { } consumer)
        {
            return false;
        }

        var groups = context.Configuration.AclGroupsOf(consumer.Id);
        for (var i = 0; i < groups.Count; i++)
        {
            if (_groups.Contains(groups[i]))
            {
                return true;
            }
        }

        return false;
    }

    private double Part(RequestContext context)
    {
        if (_config.Hash == "none")
        {
            return Random.Shared.Next((int)_config.Steps);
        }

        var caller = _config.Hash switch
        {
            "consumer" => context.Consumer?.Id.ToString(),
            "header" => First(context.Http.Request.Headers[_config.HashHeader!]),
            _ => null,
        };
        return Crc32.Of(caller ?? context.ClientAddress.ToString()) % _config.Steps;
    }

    private static string? First(StringValues values) => values.Count > 0 ? values[0] : null;
}
