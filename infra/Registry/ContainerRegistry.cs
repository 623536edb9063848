using Pulumi;
using Pulumi.Aws.Ecr;
using Pulumi.Aws.Ecr.Inputs;

namespace Hybrid.Infra.Registry;

/// <summary>Where the gateway's image lies: tags that never move, scanned when pushed, old images expire.</summary>
public sealed class ContainerRegistry : AreaComponent
{
    public ContainerRegistry(string name, ContainerRegistryArgs args, ComponentResourceOptions options)
        : base("registry:ContainerRegistry", name, options)
    {
        args.Validate();
        var repository = new Repository(ChildName("repository"), new RepositoryArgs
        {
            Name = args.RepositoryName,
            ImageTagMutability = "IMMUTABLE",
            ImageScanningConfiguration = new RepositoryImageScanningConfigurationArgs { ScanOnPush = true },
            EncryptionConfigurations = new RepositoryEncryptionConfigurationArgs { EncryptionType = "KMS", KmsKey = args.KeyArn },
            ForceDelete = false,
        }, Stateful(args.Protect));
        _ = new LifecyclePolicy(ChildName("lifecycle"), new LifecyclePolicyArgs
        {
            Repository = repository.Name,
            Policy = $$$"""
                {"rules":[{"rulePriority":1,"description":"What was never tagged","selection":{"tagStatus":"untagged","countType":"sinceImagePushed","countUnit":"days","countNumber":7},"action":{"type":"expire"}},{"rulePriority":2,"description":"The newest releases","selection":{"tagStatus":"any","countType":"imageCountMoreThan","countNumber":{{{args.KeepImages}}}},"action":{"type":"expire"}}]}
                """,
        }, Child());

        Url = repository.RepositoryUrl;
        Arn = repository.Arn;
        RegisterOutputs(new Dictionary<string, object?>(StringComparer.Ordinal) { ["url"] = Url });
    }

    public Output<string> Url { get; }

    public Output<string> Arn { get; }
}
