using Gateway.Model;
using Gateway.Model.Configuration;
using Gateway.Tunnel.Entities;
using Gateway.Tunnel.Payloads;
using Gateway.Tunnel.Protocol;
using Gateway.Tunnel.Publication.Streams;
using Microsoft.Extensions.Logging;

namespace Gateway.Tunnel.Subscription;

/// <summary>Takes each update from its payload to what requests see and to the disk, or refuses it whole. Calls do not overlap.</summary>
internal sealed class ConfigurationApplier(
    IConfigurationTarget target,
    IConfigurationStore? store,
    SubscriptionState state,
    TunnelClientOptions options,
    TimeProvider time,
    ILogger<ConfigurationApplier> logger)
{
    private const int MaximumReasons = 100;

    private EntitySet? _content;
    private string _channel = "";

    /// <summary>What requests see; null for nothing.</summary>
    public Applied? Applied => _content is null ? null : new Applied { Channel = _channel, Revision = _content.Revision, Hash = _content.Hash };

    /// <summary>Applies what an earlier run kept, if it kept something that still can be applied.</summary>
    public async Task RestoreAsync(CancellationToken cancellationToken)
    {
        if (store is null)
        {
            return;
        }

        var began = time.GetTimestamp();
        foreach (var stored in store.Load())
        {
            var read = time.GetTimestamp();
            var (errors, _) = await TryApplyAsync(Everything(stored.Content), cancellationToken);
            if (errors.Count > 0)
            {
                SubscriptionLog.StoredRefused(logger, stored.Generation, stored.Content.Revision, Describe(errors));
                continue;
            }

            var applied = time.GetElapsedTime(read);
            Take(stored.Channel, stored.Content, ConfigurationOrigin.Cache);
            SubscriptionLog.Restored(
                logger, stored.Content.Revision, stored.Content.Hash, stored.Generation, (long)time.GetElapsedTime(began, read).TotalMilliseconds, (long)applied.TotalMilliseconds);
            Keep(() => store.Adopt(stored));
            return;
        }
    }

    /// <summary>The answer to send.</summary>
    public async Task<InstanceMessage> ApplyAsync(ReceivedUpdate update, CancellationToken cancellationToken)
    {
        var header = update.Header;
        if (update.Payload is not { } payload)
        {
            return Refuse(header, Refusal.Types.Kind.Unreadable, new ModelError(
                "content_size", $"{header.ContentSize} bytes are more than this data plane takes", $"{options.MaximumContentSize} bytes"));
        }

        var isSnapshot = header.Base is null;
        if (!isSnapshot && (_content is null || _content.Revision != header.Base!.Revision || _content.Hash != header.Base.Hash))
        {
            return Refuse(header, Refusal.Types.Kind.BaseMismatch, new ModelError(
                "base", $"revision {header.Base!.Revision} is not what is applied", _content is null ? "a snapshot" : $"revision {_content.Revision}"));
        }

        IReadOnlyList<EntityChange> changes;
        try
        {
            changes = ChangeSetCodec.Decode(header.Encoding, payload, (int)header.ContentSize);
        }
        catch (InvalidDataException error)
        {
            return Refuse(header, Refusal.Types.Kind.Unreadable, new ModelError("payload", error.Message));
        }

        var before = isSnapshot ? EntitySet.Empty : _content!;
        var content = before.Apply(header.Revision, changes);
        if (content.Hash != header.Hash)
        {
            return Refuse(header, Refusal.Types.Kind.HashMismatch, new ModelError("hash", $"{content.Hash} is what the update leads to", header.Hash));
        }

        // A deletion of what is not here says nothing to the request path.
        var relevant = changes.Where(change => change.Canonical is not null || before.Entities.ContainsKey(change.Key)).ToList();
        var (errors, failed) = await TryApplyAsync(new ConfigurationUpdate(header.Revision, isSnapshot, relevant), cancellationToken);
        if (errors.Count > 0)
        {
            return Refuse(header, failed ? Refusal.Types.Kind.Internal : Refusal.Types.Kind.Invalid, [.. errors]);
        }

        Take(header.Channel, content, ConfigurationOrigin.ControlPlane);
        if (store is not null)
        {
            Keep(() => store.Save(update, content));
        }

        SubscriptionLog.Applied(logger, content.Revision, content.Hash, isSnapshot ? "snapshot" : "delta", changes.Count);
        return new InstanceMessage { Acknowledgement = new Acknowledgement { Revision = content.Revision, Hash = content.Hash } };
    }

    private async Task<(IReadOnlyList<ModelError> Errors, bool Failed)> TryApplyAsync(ConfigurationUpdate update, CancellationToken cancellationToken)
    {
        try
        {
            return ((await target.ApplyAsync(update, cancellationToken)).Errors, false);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            // Its message may hold parts of the configuration: it goes to our log, not to the peer.
            SubscriptionLog.TargetFailed(logger, update.Revision, error);
            return ([new ModelError("revision", $"the data plane failed to apply it ({error.GetType().Name})")], true);
        }
    }

    private void Take(string channel, EntitySet content, ConfigurationOrigin origin)
    {
        (_channel, _content) = (channel, content);
        state.Set(status => status with
        {
            Origin = origin,
            Revision = content.Revision,
            Hash = content.Hash,
            AppliedAt = time.GetUtcNow(),
            LastRefusal = null,
        });
    }

    /// <summary>A disk that is full or gone is said, and does not stop what is applied from serving.</summary>
    private void Keep(Action save)
    {
        try
        {
            save();
            state.Set(status => status with { CacheProblem = null });
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            SubscriptionLog.NotKept(logger, error.Message);
            state.Set(status => status with { CacheProblem = error.Message });
        }
    }

    private InstanceMessage Refuse(Update header, Refusal.Types.Kind kind, params ModelError[] errors)
    {
        var problem = Describe(errors);
        SubscriptionLog.Refused(logger, header.Revision, problem);
        state.Set(status => status with { LastRefusal = $"revision {header.Revision}: {problem}" });
        var refusal = new Refusal { Revision = header.Revision, Kind = kind };
        refusal.Reasons.AddRange(errors.Take(MaximumReasons).Select(ProtocolState.Of));
        return new InstanceMessage { Refusal = refusal };
    }

    private static string Describe(IReadOnlyCollection<ModelError> errors) => string.Join("; ", errors.Take(MaximumReasons).Select(error => error.ToString()));

    private static ConfigurationUpdate Everything(EntitySet content) =>
        new(content.Revision, IsSnapshot: true, [.. content.Entities.Select(entity => new EntityChange(entity.Key, entity.Value))]);
}
