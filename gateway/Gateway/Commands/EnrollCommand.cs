using System.CommandLine;
using Gateway.Hosting;
using Gateway.Settings;
using Gateway.Tunnel.Enrollment;
using Gateway.Tunnel.Identity;

namespace Gateway.Commands;

/// <summary><c>gateway enroll</c>: exchanges a token for this data plane's certificate. The key is made here and never leaves.</summary>
internal static class EnrollCommand
{
    /// <summary>A token is much shorter.</summary>
    private const int LongestToken = 64 * 1024;

    public static Command Create()
    {
        var token = new Option<string?>("--token")
        {
            Description = "The token. While the command runs, others on this machine can read it in the list of processes: --token-file or GATEWAY_ENROLL_TOKEN is better",
        };
        var tokenFile = new Option<string?>("--token-file") { Description = "A file with the token, or - for standard input" };
        var force = new Option<bool>("--force") { Description = "Replace a certificate that is there and valid" };
        var command = new Command("enroll", "Exchange an enrolment token for this data plane's certificate, in the files that the settings name")
        {
            token, tokenFile, force,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var settings = ProcessSettings.Read();
            if (settings.DataPlane is null)
            {
                throw new CommandException($"{SettingsEnvironment.EnvironmentName(SettingNames.Role)}: only a data plane enrols");
            }

            if (!parsed.GetValue(force))
            {
                RefuseToReplace(settings);
            }

            var text = await ReadTokenAsync(parsed.GetValue(token), parsed.GetValue(tokenFile), settings.DataPlane, cancellationToken);
            await EnrollAsync(settings, text, cancellationToken);
            return 0;
        });
        return command;
    }

    /// <summary>For a start without a certificate.</summary>
    public static bool IsNeeded(GatewaySettings settings) =>
        settings.DataPlane?.EnrollmentToken is not null && !File.Exists(settings.Tunnel.Certificate);

    /// <exception cref="CommandException">It failed.</exception>
    public static async Task EnrollAsync(GatewaySettings settings, string token, CancellationToken cancellationToken)
    {
        var tunnel = settings.Tunnel;
        var parsed = EnrollmentToken.TryParse(token)
            ?? throw new CommandException($"the enrolment token is none (allowed: the whole line that the control plane gave, beginning with {EnrollmentToken.Prefix})");
        try
        {
            foreach (var path in new[] { tunnel.Certificate, tunnel.CertificateKey, tunnel.CertificateAuthorities })
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            }

            var client = new EnrollmentClient(
                new EnrollmentClientOptions
                {
                    Token = parsed,
                    Certificates = new CertificatePaths(tunnel.Certificate, tunnel.CertificateKey, tunnel.CertificateAuthorities),
                    TrustDomain = tunnel.TrustDomain,
                    ServerName = settings.DataPlane!.ServerName,
                    Proxy = ClusterProxy.Of(settings.DataPlane),
                },
                TimeProvider.System);
            var notAfter = await client.EnrollAsync(cancellationToken);
            Console.WriteLine($"enrolled as the site {parsed.Site}: {tunnel.Certificate} is valid until {notAfter:u}");
        }
        catch (Exception problem) when (problem is EnrollmentException or IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"not enrolled: {problem.Message}");
        }
    }

    private static void RefuseToReplace(GatewaySettings settings)
    {
        var tunnel = settings.Tunnel;
        try
        {
            var paths = new CertificatePaths(tunnel.Certificate, tunnel.CertificateKey, tunnel.CertificateAuthorities);
            var material = CertificateMaterial.Load(paths, PeerRole.DataPlane, tunnel.TrustDomain);
            if (material.NotAfter > TimeProvider.System.GetUtcNow())
            {
                throw new CommandException(
                    $"{tunnel.Certificate} is there, names {material.Identity} and is valid until {material.NotAfter:u}; --force replaces it");
            }
        }
        catch (CertificateException)
        {
            // None, or none that works: that is what enrolment is for.
        }
    }

    private static async Task<string> ReadTokenAsync(string? token, string? file, DataPlaneSettings settings, CancellationToken cancellationToken)
    {
        if (token is not null && file is not null)
        {
            throw new CommandException("--token and --token-file: only one of them");
        }

        if (file is null)
        {
            return (token ?? settings.EnrollmentToken)?.Trim()
                ?? throw new CommandException($"an enrolment token is needed: {SettingsEnvironment.EnvironmentName(SettingNames.EnrollToken)}, --token-file or --token");
        }

        try
        {
            using var reader = file == "-" ? Console.In : new StreamReader(file);
            var buffer = new char[LongestToken];
            var length = await reader.ReadBlockAsync(buffer, cancellationToken);
            return new string(buffer, 0, length).Trim();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"--token-file: cannot read {file} ({problem.Message.TrimEnd('.')})");
        }
    }
}
