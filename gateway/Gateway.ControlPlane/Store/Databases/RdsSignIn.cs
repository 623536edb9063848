using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Credentials;
using Amazon.Runtime.Signing;

namespace Gateway.ControlPlane.Store.Databases;

/// <summary>
/// Signs in to RDS and Aurora by IAM: the password is a presigned request, <c>rds-db:connect</c>, good for 15 minutes and checked only when a connection begins. It is signed anew for each
/// connection, which costs no call: the credentials' own renewal is the SDK's.
/// </summary>
/// <remarks>Amazon RDS User Guide, "IAM database authentication". The user needs the role <c>rds_iam</c>.</remarks>
internal sealed class RdsSignIn
{
    private static readonly TimeSpan Validity = TimeSpan.FromMinutes(15);

    private readonly Uri _request;
    private readonly string _region;
    private readonly AWSCredentials? _given;

    /// <param name="credentials">Null for AWS's default chain: environment, profile, web identity, EKS Pod Identity, instance.</param>
    /// <exception cref="StartRefusedException">Nothing says which region the database is in.</exception>
    public RdsSignIn(PostgreSqlOptions server, AWSCredentials? credentials = null)
    {
        _given = credentials;
        _region = server.IamRegion ?? RdsRegion.Of(server.Host) ?? FallbackRegionFactory.GetRegionEndpoint()?.SystemName
            ?? throw new StartRefusedException($"signing in to {server.Host} by IAM needs a region; allowed: GATEWAY_PG_IAM_REGION, AWS_REGION, or a host …REGION.rds.amazonaws.com");
        _request = new Uri($"https://{server.Host}:{server.Port}/?Action=connect&DBUser={Uri.EscapeDataString(server.User)}");
    }

    public string Sign() => Token(AWSSigV4Signer.Presign(Request(), Parameters(_given ?? DefaultAWSCredentialsIdentityResolver.GetCredentials()), Validity));

    public async Task<string> SignAsync(CancellationToken cancellationToken)
    {
        var credentials = _given ?? await DefaultAWSCredentialsIdentityResolver.GetCredentialsAsync().WaitAsync(cancellationToken);
        return Token(await AWSSigV4Signer.PresignAsync(Request(), Parameters(credentials), Validity, cancellationToken));
    }

    private AWSSigningRequest Request() => new() { HttpMethod = HttpMethod.Get, RequestUri = _request };

    private AWSSigV4Parameters Parameters(AWSCredentials credentials) => new() { Credentials = credentials, Region = RegionEndpoint.GetBySystemName(_region), Service = "rds-db" };

    // What is sent is the request without its scheme.
    private static string Token(PresignResult signed) => signed.Uri.AbsoluteUri["https://".Length..];
}
