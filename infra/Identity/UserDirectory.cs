using Pulumi;
using Pulumi.Aws.Cognito;
using Pulumi.Aws.Cognito.Inputs;

namespace Hybrid.Infra.Identity;

/// <summary>The Cognito user pool: people sign in by authorization code, programs by client credentials, both with scopes of one API.</summary>
public sealed class UserDirectory : AreaComponent
{
    private readonly UserDirectoryArgs _args;

    public UserDirectory(string name, UserDirectoryArgs args, ComponentResourceOptions options)
        : base("identity:UserDirectory", name, options)
    {
        _args = args;
        args.Validate();
        var pool = Pool();
        var domain = new UserPoolDomain(ChildName("domain"), new UserPoolDomainArgs
        {
            UserPoolId = pool.Id,
            Domain = args.DomainPrefix,
            ManagedLoginVersion = 2,
        }, Child());
        var api = new ResourceServer(ChildName("api"), new ResourceServerArgs
        {
            UserPoolId = pool.Id,
            Identifier = args.ApiIdentifier,
            Name = "Gateway APIs",
            Scopes = [.. args.Scopes.Select(scope => (Input<ResourceServerScopeArgs>)new ResourceServerScopeArgs { ScopeName = scope, ScopeDescription = scope })],
        }, Child());
        Groups(pool);
        var web = WebClient(pool, api);
        var machine = MachineClient(pool, api);
        var console = args.ConsoleUrl is null ? null : ConsoleClient(pool, api, args.ConsoleUrl);

        UserPoolId = pool.Id;
        Issuer = Output.Format($"https://cognito-idp.{args.Region}.amazonaws.com/{pool.Id}");
        SignInDomain = domain.Domain.Apply(prefix => $"https://{prefix}.auth.{args.Region}.amazoncognito.com");
        WebClientId = web.Id;
        WebClientSecret = Output.CreateSecret(web.ClientSecret);
        MachineClientId = machine.Id;
        MachineClientSecret = Output.CreateSecret(machine.ClientSecret);
        ConsoleClientId = console?.Id ?? Output.Create("");
        ConsoleClientSecret = Output.CreateSecret(console?.ClientSecret ?? Output.Create(""));
        RegisterOutputs(new Dictionary<string, object?>(StringComparer.Ordinal) { ["userPoolId"] = UserPoolId, ["issuer"] = Issuer });
    }

    public Output<string> UserPoolId { get; }

    /// <summary>What tokens name as <c>iss</c>, and where discovery lies.</summary>
    public Output<string> Issuer { get; }

    public Output<string> SignInDomain { get; }

    public Output<string> WebClientId { get; }

    public Output<string> WebClientSecret { get; }

    public Output<string> MachineClientId { get; }

    public Output<string> MachineClientSecret { get; }

    /// <summary>What administrators sign in to the console with; empty where there is none.</summary>
    public Output<string> ConsoleClientId { get; }

    public Output<string> ConsoleClientSecret { get; }

    private UserPool Pool()
    {
        var pool = new UserPool(ChildName("pool"), new UserPoolArgs
        {
            DeletionProtection = _args.Protect ? "ACTIVE" : "INACTIVE",
            UserPoolTier = _args.ThreatProtection ? "PLUS" : "ESSENTIALS",
            UsernameAttributes = { "email" },
            UsernameConfiguration = new UserPoolUsernameConfigurationArgs { CaseSensitive = false },
            AutoVerifiedAttributes = { "email" },
            AdminCreateUserConfig = new UserPoolAdminCreateUserConfigArgs { AllowAdminCreateUserOnly = true },
            MfaConfiguration = "ON",
            SoftwareTokenMfaConfiguration = new UserPoolSoftwareTokenMfaConfigurationArgs { Enabled = true },
            PasswordPolicy = new UserPoolPasswordPolicyArgs
            {
                MinimumLength = 14,
                RequireLowercase = true,
                RequireUppercase = true,
                RequireNumbers = true,
                RequireSymbols = false,
                PasswordHistorySize = _args.ThreatProtection ? 5 : 0,
                TemporaryPasswordValidityDays = 3,
            },
            AccountRecoverySetting = new UserPoolAccountRecoverySettingArgs
            {
                RecoveryMechanisms = new UserPoolAccountRecoverySettingRecoveryMechanismArgs { Name = "verified_email", Priority = 1 },
            },
            UserAttributeUpdateSettings = new UserPoolUserAttributeUpdateSettingsArgs { AttributesRequireVerificationBeforeUpdates = { "email" } },
            UserPoolAddOns = new UserPoolUserPoolAddOnsArgs { AdvancedSecurityMode = _args.ThreatProtection ? "ENFORCED" : "OFF" },
        }, Stateful(_args.Protect));

        if (_args.ThreatProtection)
        {
            _ = new RiskConfiguration(ChildName("risk"), new RiskConfigurationArgs
            {
                UserPoolId = pool.Id,
                CompromisedCredentialsRiskConfiguration = new RiskConfigurationCompromisedCredentialsRiskConfigurationArgs
                {
                    Actions = new RiskConfigurationCompromisedCredentialsRiskConfigurationActionsArgs { EventAction = "BLOCK" },
                },
            }, Child());
        }

        return pool;
    }

    private void Groups(UserPool pool)
    {
        for (var i = 0; i < _args.Groups.Length; i++)
        {
            _ = new UserGroup(ChildName(_args.Groups[i]), new UserGroupArgs { UserPoolId = pool.Id, Name = _args.Groups[i], Precedence = 10 * (i + 1) }, Child());
        }
    }

    private InputList<string> ApiScopes(params IEnumerable<string> others) =>
        [.. others.Concat(_args.Scopes.Select(scope => $"{_args.ApiIdentifier}/{scope}")).Select(scope => (Input<string>)scope)];

    private UserPoolClient WebClient(UserPool pool, ResourceServer api) => new(ChildName("web"), new UserPoolClientArgs
    {
        UserPoolId = pool.Id,
        GenerateSecret = true,
        AllowedOauthFlowsUserPoolClient = true,
        AllowedOauthFlows = { "code" },
        AllowedOauthScopes = ApiScopes("openid", "email", "profile"),
        CallbackUrls = [.. _args.CallbackUrls.Select(url => (Input<string>)url)],
        LogoutUrls = [.. _args.LogoutUrls.Select(url => (Input<string>)url)],
        SupportedIdentityProviders = { "COGNITO" },
        ExplicitAuthFlows = { "ALLOW_REFRESH_TOKEN_AUTH" },
        EnableTokenRevocation = true,
        PreventUserExistenceErrors = "ENABLED",
        AccessTokenValidity = 60,
        IdTokenValidity = 60,
        RefreshTokenValidity = 12,
        TokenValidityUnits = new UserPoolClientTokenValidityUnitsArgs { AccessToken = "minutes", IdToken = "minutes", RefreshToken = "hours" },
    }, Child(api));

    /// <summary>The console's own client: administrators' sessions are short, and its tokens are good for no API.</summary>
    private UserPoolClient ConsoleClient(UserPool pool, ResourceServer api, string url) => new(ChildName("console"), new UserPoolClientArgs
    {
        UserPoolId = pool.Id,
        GenerateSecret = true,
        AllowedOauthFlowsUserPoolClient = true,
        AllowedOauthFlows = { "code" },
        AllowedOauthScopes = { "openid", "email", "profile" },
        CallbackUrls = { $"{url}/oauth2/callback" },
        LogoutUrls = { $"{url}/" },
        SupportedIdentityProviders = { "COGNITO" },
        ExplicitAuthFlows = { "ALLOW_REFRESH_TOKEN_AUTH" },
        EnableTokenRevocation = true,
        PreventUserExistenceErrors = "ENABLED",
        AccessTokenValidity = 15,
        IdTokenValidity = 15,
        RefreshTokenValidity = 8,
        TokenValidityUnits = new UserPoolClientTokenValidityUnitsArgs { AccessToken = "minutes", IdToken = "minutes", RefreshToken = "hours" },
    }, Child(api));

    private UserPoolClient MachineClient(UserPool pool, ResourceServer api) => new(ChildName("machine"), new UserPoolClientArgs
    {
        UserPoolId = pool.Id,
        GenerateSecret = true,
        AllowedOauthFlowsUserPoolClient = true,
        AllowedOauthFlows = { "client_credentials" },
        AllowedOauthScopes = ApiScopes(),
        EnableTokenRevocation = true,
        PreventUserExistenceErrors = "ENABLED",
        AccessTokenValidity = 60,
        TokenValidityUnits = new UserPoolClientTokenValidityUnitsArgs { AccessToken = "minutes" },
    }, Child(api));
}
