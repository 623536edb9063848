using Amazon.Runtime;
using Amazon.Runtime.Credentials;

namespace Gateway.Plugins.Aws;

/// <summary>
/// AWS's default chain (environment, profile, web identity, EKS Pod Identity, instance), looked up when something is signed: what is made before its credentials are there works once they
/// come. The SDK keeps what it found, and renews it.
/// </summary>
internal sealed class DefaultCredentials : AWSCredentials
{
    public override ImmutableCredentials GetCredentials() => DefaultAWSCredentialsIdentityResolver.GetCredentials().GetCredentials();

    public override async Task<ImmutableCredentials> GetCredentialsAsync()
    {
        var found = await DefaultAWSCredentialsIdentityResolver.GetCredentialsAsync();
        return await found.GetCredentialsAsync();
    }
}
