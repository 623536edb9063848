namespace Gateway.Model.Entities;

/// <summary>The name of each kind of entity: its collection on the Admin API and in declarative files, its tag in the change log and on the wire.</summary>
public static class EntityKinds
{
    public const string Services = "services";
    public const string Routes = "routes";
    public const string Upstreams = "upstreams";
    public const string Targets = "targets";
    public const string Consumers = "consumers";
    public const string ConsumerGroups = "consumer_groups";

    /// <summary>Which consumers are in which groups.</summary>
    public const string ConsumerGroupMembers = "consumer_group_consumers";
    public const string KeyAuthCredentials = "keyauth_credentials";
    public const string BasicAuthCredentials = "basicauth_credentials";
    public const string JwtSecrets = "jwt_secrets";
    public const string Acls = "acls";
    public const string MtlsAuthCredentials = "mtls_auth_credentials";
    public const string Certificates = "certificates";
    public const string Snis = "snis";
    public const string CaCertificates = "ca_certificates";
    public const string Vaults = "vaults";
    public const string KeySets = "key_sets";
    public const string Keys = "keys";
    public const string Plugins = "plugins";

    /// <summary>
    /// The key under which credentials' lookup hashes are computed. Not an administrator's entity: the control plane makes it, and it travels
    /// to data planes with the rest so that they can hash what a client presents.
    /// </summary>
    public const string CredentialHashKeys = "credential_hash_keys";
}
