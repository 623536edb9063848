using Gateway.ControlPlane.Access.Audit;
using Gateway.ControlPlane.Access.Tokens;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gateway.ControlPlane.Access;

internal static class AccessServices
{
    public static IServiceCollection AddAccess(this IServiceCollection services, AccessOptions options)
    {
        services.AddSingleton<AdminToken>();
        services.AddSingleton<TokenDirectory>();
        services.AddSingleton<AccessTokens>();
        services.AddSingleton<FailedAttempts>();
        services.AddSingleton<AuditLog>();
        services.AddSingleton<AuditReader>();
        services.AddSingleton(provider => new Authenticator(
            provider.GetRequiredService<AdminToken>(), provider.GetRequiredService<TokenDirectory>(), provider.GetService<OidcVerifier>()));
        services.AddSingleton<AccessGate>();
        if (options.Oidc is { } oidc)
        {
            services.AddSingleton(provider => new OidcVerifier(oidc, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<OidcVerifier>>()));
        }

        services.AddHostedService<AccessStart>();
        services.AddHostedService(provider => provider.GetRequiredService<TokenDirectory>());
        services.AddHostedService(provider => provider.GetRequiredService<AuditLog>());
        return services;
    }
}
