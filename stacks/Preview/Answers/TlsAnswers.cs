using System.Collections.Immutable;

namespace Hybrid.Stacks.Preview.Answers;

/// <summary>The TLS provider: texts in PEM's form that are neither keys nor certificates.</summary>
internal static class TlsAnswers
{
    public static (string Id, ImmutableDictionary<string, object> State) For(string type, string name, ImmutableDictionary<string, object> inputs, Identifiers ids)
    {
        var id = ids.Hex(type, name, 40);
        var state = type switch
        {
            "tls:index/privateKey:PrivateKey" => inputs
                .SetItem("privateKeyPem", Pem("PRIVATE KEY", $"{name} {id}"))
                .SetItem("privateKeyPemPkcs8", Pem("PRIVATE KEY", $"{name} {id} pkcs8"))
                .SetItem("privateKeyOpenssh", Pem("OPENSSH PRIVATE KEY", $"{name} {id}"))
                .SetItem("publicKeyPem", Pem("PUBLIC KEY", name)),
            "tls:index/certRequest:CertRequest" => inputs.SetItem("certRequestPem", Pem("CERTIFICATE REQUEST", name)).SetItem("keyAlgorithm", "ECDSA"),
            _ => inputs
                .SetItem("certPem", Pem("CERTIFICATE", name))
                .SetItem("readyForRenewal", false)
                .SetItem("validityStartTime", "2026-01-01T00:00:00Z")
                .SetItem("validityEndTime", "2026-04-01T00:00:00Z"),
        };
        return (id, state);
    }

    private static string Pem(string label, string content) => $"-----BEGIN {label}-----\n(preview of {content})\n-----END {label}-----\n";
}
