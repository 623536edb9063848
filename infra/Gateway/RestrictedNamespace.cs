using Hybrid.Infra.Validation;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace Hybrid.Infra.Gateway;

/// <summary>A namespace that admits pods of the restricted profile only (Pod Security Standards).</summary>
public sealed class RestrictedNamespace : AreaComponent
{
    public RestrictedNamespace(string name, string namespaceName, ComponentResourceOptions options)
        : base("gateway:RestrictedNamespace", name, options)
    {
        Check.Slug(namespaceName, 63, "namespace");
        var home = new Namespace(ChildName("namespace"), new NamespaceArgs
        {
            Metadata = new ObjectMetaArgs
            {
                Name = namespaceName,
                Labels = new InputMap<string>
                {
                    ["pod-security.kubernetes.io/enforce"] = "restricted",
                    ["pod-security.kubernetes.io/warn"] = "restricted",
                    ["pod-security.kubernetes.io/audit"] = "restricted",
                },
            },
        }, Child());
        NamespaceName = home.Metadata.Apply(metadata => metadata.Name);
        RegisterOutputs(new Dictionary<string, object?>(StringComparer.Ordinal) { ["namespace"] = NamespaceName });
    }

    public Output<string> NamespaceName { get; }
}
