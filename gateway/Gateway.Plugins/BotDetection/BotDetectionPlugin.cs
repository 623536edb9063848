using Gateway.DataPlane.Pipeline;
using Gateway.Model.Patterns;
using Gateway.Model.Plugins.BotDetection;
using Microsoft.AspNetCore.Http;

namespace Gateway.Plugins.BotDetection;

/// <summary>Kong's <c>bot-detection</c>: by the User-Agent, allowed ones first, then denied ones, then the crawlers that are known. Who has none may come.</summary>
internal sealed class BotDetectionPlugin : PluginInstance
{
    private static readonly GatewayResponse Forbidden = GatewayResponse.Error(StatusCodes.Status403Forbidden, "Forbidden");
    private static readonly GatewayResponse SeveralAgents = GatewayResponse.Error(StatusCodes.Status400BadRequest, "Only one User-Agent header allowed");

    private readonly TextPattern[] _allow;
    private readonly TextPattern[] _deny;

    public BotDetectionPlugin(BotDetectionConfig config)
        : base(new PluginPhases { Access = PhaseMode.Inline })
    {
        _allow = Compile(config.Allow);
        _deny = Compile(config.Deny);
    }

    public override ValueTask<GatewayResponse?> AccessAsync(RequestContext context)
    {
        var agents = context.Http.Request.Headers.UserAgent;
        return agents.Count switch
        {
            0 => default,
            1 => IsRefused(agents[0].AsSpan().Trim()) ? new(Forbidden) : default,
            _ => new(SeveralAgents),
        };
    }

    private bool IsRefused(ReadOnlySpan<char> agent)
    {
        foreach (var pattern in _allow)
        {
            if (pattern.IsMatch(agent, otherwise: false))
            {
                return false;
            }
        }

        foreach (var pattern in _deny)
        {
            if (pattern.IsMatch(agent, otherwise: true))
            {
                return true;
            }
        }

        return KnownCrawlers.Includes(agent);
    }

    // The schema has checked them.
    private static TextPattern[] Compile(IReadOnlyList<string> patterns) =>
    [
        .. patterns.Select(pattern =>
            TextPattern.TryCreate(pattern, wholeText: false, out var compiled, out var problem) ? compiled : throw new ArgumentException(problem, nameof(patterns))),
    ];
}
