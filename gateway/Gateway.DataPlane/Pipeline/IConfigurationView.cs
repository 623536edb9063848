using Gateway.Model.Entities;

namespace Gateway.DataPlane.Pipeline;

/// <summary>The configuration of one request: it does not change while the request lives.</summary>
public interface IConfigurationView
{
    long Revision { get; }

    Consumer? FindConsumer(Guid id);

    /// <summary>By id or, where it is none, by user name.</summary>
    Consumer? FindConsumer(string idOrUsername);

    /// <summary>By user name alone: for names that an issuer vouches for, which are never to be taken for an id.</summary>
    Consumer? FindConsumerByUsername(string username);

    /// <inheritdoc cref="FindConsumerByUsername"/>
    Consumer? FindConsumerByCustomId(string customId);

    /// <summary>The credential whose key this is, by its keyed hash; null where there is none or it has expired.</summary>
    KeyAuthCredential? FindKeyAuthCredential(string key, DateTimeOffset now);

    /// <summary>The credential of this user name; null where there is none. Its password is a hash: <see cref="Gateway.Model.Credentials.PasswordHash.Verify"/>.</summary>
    BasicAuthCredential? FindBasicAuthCredential(string username);

    /// <summary>The credential whose key this is, as a token's issuer claim says it; null where there is none.</summary>
    JwtSecret? FindJwtSecret(string key);

    /// <summary>Who is known by this name in a client certificate, whatever the authority; letters' case does not count.</summary>
    IReadOnlyList<MtlsAuthCredential> FindMtlsAuthCredentials(string subjectName);

    /// <summary>The groups of the <c>acl</c> plugin that a consumer is in, in ordinal order.</summary>
    IReadOnlyList<string> AclGroupsOf(Guid consumer);

    /// <summary>The consumer groups that a consumer is in, in ordinal order of their names.</summary>
    IReadOnlyList<ConsumerGroup> ConsumerGroupsOf(Guid consumer);

    CaCertificate? FindCaCertificate(Guid id);

    /// <summary>The vault that references call so; null where there is none.</summary>
    Vault? FindVault(string prefix);
}
