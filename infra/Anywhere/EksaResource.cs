using Pulumi;
using Pulumi.Kubernetes.ApiExtensions;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace Hybrid.Infra.Anywhere;

/// <summary>An object of EKS Anywhere's API on a management cluster.</summary>
internal sealed class EksaResource(string name, EksaResource.Args args, CustomResourceOptions options)
    : Pulumi.Kubernetes.ApiExtensions.CustomResource(name, args, options)
{
    private const string Api = "anywhere.eks.amazonaws.com/v1alpha1";

    public static EksaResource Create(string name, string kind, string objectName, IReadOnlyDictionary<string, object> spec, CustomResourceOptions options)
    {
        var values = new InputMap<object>();
        foreach (var (key, value) in spec)
        {
            values[key] = value;
        }

        return new EksaResource(name, new Args(kind) { Metadata = new ObjectMetaArgs { Name = objectName, Namespace = "default" }, Spec = values }, options);
    }

    internal sealed class Args(string kind) : CustomResourceArgs(Api, kind)
    {
        [Input("spec", required: true)]
        public InputMap<object> Spec { get; set; } = [];
    }
}
