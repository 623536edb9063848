using System.Text.Json.Nodes;
using Gateway.DataPlane.Pipeline;
using Gateway.Model;
using Gateway.Model.Entities;
using Gateway.Model.Plugins;
using Microsoft.Extensions.Logging;

namespace Gateway.DataPlane.References;

/// <summary>
/// A plugin whose config has references: runs the instance that was made with their values, and replaces it when they change. Without values a plugin
/// that authenticates answers 500, and any other does nothing.
/// </summary>
internal sealed class ReferencingPlugin : PluginInstance
{
    /// <summary>How long values that can no longer be read go on being used.</summary>
    public static readonly TimeSpan MaximumAge = TimeSpan.FromHours(1);

    private readonly ReferenceResolver _resolver;
    private readonly PluginFactory _factory;
    private readonly Plugin _entity;
    private readonly ReadOnlyMemory<byte> _canonical;
    private readonly PluginHost _host;
    private readonly ILogger _logger;
    private readonly bool _failsClosed;
    private volatile State _state;

    public ReferencingPlugin(ReferenceResolver resolver, PluginFactory factory, Plugin entity, ReadOnlyMemory<byte> canonical, PluginHost host)
        : this(resolver, factory, entity, canonical, host, Make(resolver, factory, entity, canonical, host, previous: null))
    {
    }

    // Phases are constant for an instance's life: one that began without values is ready for any, beside the event loop.
    private ReferencingPlugin(
        ReferenceResolver resolver, PluginFactory factory, Plugin entity, ReadOnlyMemory<byte> canonical, PluginHost host, State state)
        : base(state.Instance?.Phases ?? new PluginPhases
        {
            Rewrite = PhaseMode.Offloaded,
            Access = PhaseMode.Offloaded,
            Response = PhaseMode.Offloaded,
            Log = PhaseMode.Offloaded,
        })
    {
        _resolver = resolver;
        _factory = factory;
        _entity = entity;
        _canonical = canonical;
        _host = host;
        _logger = host.Loggers.CreateLogger<ReferencingPlugin>();
        _failsClosed = PluginCatalogue.Find(entity.Name) is { MayHaveConsumer: false };
        _state = state;
        Report(state);
    }

    /// <summary>What has no usable value now, though values from before may still be in use. No values.</summary>
    public IReadOnlyList<string> Unresolved => _state.Unresolved;

    public bool IsActive => _state.Instance is not null;

    /// <summary>Reads the references again. One caller at a time.</summary>
    public void Refresh()
    {
        var next = Make(_resolver, _factory, _entity, _canonical, _host, _state);
        var changed = next.Instance is null != _state.Instance is null || !next.Unresolved.SequenceEqual(_state.Unresolved, StringComparer.Ordinal);
        _state = next;
        if (changed)
        {
            Report(next);
        }
    }

    public override ValueTask<GatewayResponse?> RewriteAsync(RequestContext context) =>
        _state.Instance is { Phases.Rewrite: not PhaseMode.Absent } instance ? instance.RewriteAsync(context) : default;

    public override ValueTask<GatewayResponse?> AccessAsync(RequestContext context) => _state.Instance switch
    {
        { Phases.Access: not PhaseMode.Absent } instance => instance.AccessAsync(context),
        null when _failsClosed => throw new InvalidOperationException($"Plugin {_entity.Name} {_entity.Id} has references without values."),
        _ => default,
    };

    public override ValueTask ResponseAsync(RequestContext context) =>
        _state.Instance is { Phases.Response: not PhaseMode.Absent } instance ? instance.ResponseAsync(context) : ValueTask.CompletedTask;

    public override ValueTask LogAsync(RequestContext context) =>
        _state.Instance is { Phases.Log: not PhaseMode.Absent } instance ? instance.LogAsync(context) : ValueTask.CompletedTask;

    public override ValueTask CertificateAsync(CertificateContext context) =>
        _state.Instance is { Phases.Certificate: not PhaseMode.Absent } instance ? instance.CertificateAsync(context) : ValueTask.CompletedTask;

    private static State Make(
        ReferenceResolver resolver, PluginFactory factory, Plugin entity, ReadOnlyMemory<byte> canonical, PluginHost host, State? previous)
    {
        var now = host.Time.GetUtcNow();
        var resolved = resolver.Resolve(entity, canonical.Span, host.Time);
        var unresolved = resolved.Fields;
        if (resolved.Entity is { } plugin)
        {
            if (previous?.Instance is not null && JsonNode.DeepEquals(previous.Config, plugin.Config))
            {
                return previous with { ResolvedAt = now, Unresolved = [] };
            }

            var errors = new List<ModelError>();
            if (factory.Create(plugin, host, errors) is { } instance && errors.Count == 0)
            {
                return new State(instance, plugin.Config, now, []);
            }

            unresolved = [.. errors.Select(static error => $"{error.Field}: the value is not valid")];
        }

        return previous?.Instance is not null && now - previous.ResolvedAt <= MaximumAge
            ? previous with { Unresolved = unresolved }
            : new State(null, null, now, unresolved);
    }

    private void Report(State state)
    {
        if (state.Unresolved.Count > 0)
        {
            ReferenceLog.Unresolved(_logger, _entity.Name, _entity.Id, string.Join("; ", state.Unresolved), state.Instance is not null);
        }
        else
        {
            ReferenceLog.Resolved(_logger, _entity.Name, _entity.Id);
        }
    }

    private sealed record State(PluginInstance? Instance, JsonObject? Config, DateTimeOffset ResolvedAt, IReadOnlyList<string> Unresolved);
}
