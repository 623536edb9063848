using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using Gateway.DataPlane.Pipeline;
using Gateway.Model.Entities;
using Gateway.Model.Plugins.Acl;
using Microsoft.AspNetCore.Http;

namespace Gateway.Plugins.Acl;

/// <summary>Kong's <c>acl</c>.</summary>
internal sealed class AclPlugin : PluginInstance
{
    private readonly AclConfig _config;
    private readonly bool _denies;
    private readonly FrozenSet<string> _groups;
    private readonly GatewayResponse _unknown = GatewayResponse.Error(StatusCodes.Status401Unauthorized, "Unauthorized");
    private readonly GatewayResponse _refused = GatewayResponse.Error(StatusCodes.Status403Forbidden, "You cannot consume this service");

    // A consumer's groups are the same list for as long as they do not change, so what follows from them is found once.
    private readonly ConditionalWeakTable<object, Verdict> _known = [];

    public AclPlugin(AclConfig config)
        : base(new PluginPhases { Access = PhaseMode.Inline })
    {
        _config = config;
        _denies = config.Deny is { Count: > 0 };
        _groups = (_denies ? config.Deny! : config.Allow ?? []).ToFrozenSet(StringComparer.Ordinal);
    }

    public override ValueTask<GatewayResponse?> AccessAsync(RequestContext context) => new(Check(context));

    private GatewayResponse? Check(RequestContext context)
    {
        var refusal = context.IsAuthenticated ? _refused : _unknown;
        if (context.AuthenticatedGroups is { } vouchedFor && (context.Consumer is null || !context.IsAuthenticated || _config.AlwaysUseAuthenticatedGroups))
        {
            return Pass(context, Judge(vouchedFor), ConsumerHeaders.AuthenticatedGroups) ? null : _refused;
        }

        if (context.Consumer is not { } consumer)
        {
            return refusal;
        }

        var verdict = VerdictOf(context.Configuration, consumer);
        if (Pass(context, verdict, ConsumerHeaders.Groups))
        {
            return null;
        }

        return verdict.HasGroups ? _refused : refusal;
    }

    private bool Pass(RequestContext context, Verdict verdict, string header)
    {
        if (verdict.IsAllowed && verdict.HasGroups && !_config.HideGroupsHeader)
        {
            context.Http.Request.Headers[header] = verdict.Groups;
        }

        return verdict.IsAllowed;
    }

    private Verdict VerdictOf(IConfigurationView configuration, Consumer consumer)
    {
        var groups = configuration.AclGroupsOf(consumer.Id);
        var consumerGroups = _config.IncludeConsumerGroups ? configuration.ConsumerGroupsOf(consumer.Id) : [];
        if (consumerGroups.Count > 0)
        {
            return Judge([.. consumerGroups.Select(group => group.Name).Union(groups, StringComparer.Ordinal)]);
        }

        return _known.TryGetValue(groups, out var verdict) ? verdict : _known.GetValue(groups, _ => Judge(groups));
    }

    private Verdict Judge(IReadOnlyList<string> groups)
    {
        var isIn = false;
        for (var i = 0; i < groups.Count && !isIn; i++)
        {
            isIn = _groups.Contains(groups[i]);
        }

        return new Verdict(isIn != _denies, string.Join(", ", groups), groups.Count > 0);
    }

    /// <param name="Groups">As the header says them.</param>
    private sealed record Verdict(bool IsAllowed, string Groups, bool HasGroups);
}
