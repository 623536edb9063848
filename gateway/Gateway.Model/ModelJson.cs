using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Gateway.Model.Entities;

namespace Gateway.Model;

/// <summary>
/// How typed entities are read and written: Kong's snake_case names, null for what is not set, unknown members skipped (a newer control plane may send them),
/// and the record's own default for what is absent (an older one may not send it).
/// </summary>
/// <remarks>By reflection: generated readers set every init-only property and so lose the defaults.</remarks>
public sealed class ModelJson
{
    private static readonly JsonSerializerOptions Options = Create();

    private ModelJson()
    {
    }

    public static ModelJson Default { get; } = new();

    public JsonTypeInfo<Service> Service { get; } = Of<Service>();

    public JsonTypeInfo<Route> Route { get; } = Of<Route>();

    public JsonTypeInfo<Upstream> Upstream { get; } = Of<Upstream>();

    public JsonTypeInfo<Target> Target { get; } = Of<Target>();

    public JsonTypeInfo<Consumer> Consumer { get; } = Of<Consumer>();

    public JsonTypeInfo<KeyAuthCredential> KeyAuthCredential { get; } = Of<KeyAuthCredential>();

    public JsonTypeInfo<ConsumerGroup> ConsumerGroup { get; } = Of<ConsumerGroup>();

    public JsonTypeInfo<ConsumerGroupMember> ConsumerGroupMember { get; } = Of<ConsumerGroupMember>();

    public JsonTypeInfo<BasicAuthCredential> BasicAuthCredential { get; } = Of<BasicAuthCredential>();

    public JsonTypeInfo<JwtSecret> JwtSecret { get; } = Of<JwtSecret>();

    public JsonTypeInfo<Acl> Acl { get; } = Of<Acl>();

    public JsonTypeInfo<MtlsAuthCredential> MtlsAuthCredential { get; } = Of<MtlsAuthCredential>();

    public JsonTypeInfo<Certificate> Certificate { get; } = Of<Certificate>();

    public JsonTypeInfo<Sni> Sni { get; } = Of<Sni>();

    public JsonTypeInfo<CaCertificate> CaCertificate { get; } = Of<CaCertificate>();

    public JsonTypeInfo<Vault> Vault { get; } = Of<Vault>();

    public JsonTypeInfo<KeySet> KeySet { get; } = Of<KeySet>();

    public JsonTypeInfo<Key> Key { get; } = Of<Key>();

    public JsonTypeInfo<CredentialHashKey> CredentialHashKey { get; } = Of<CredentialHashKey>();

    public JsonTypeInfo<Plugin> Plugin { get; } = Of<Plugin>();

    /// <summary>A plugin's config.</summary>
    internal static JsonTypeInfo<T> Of<T>() => (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            RespectNullableAnnotations = true,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        };
        options.MakeReadOnly();
        return options;
    }
}
