using Microsoft.Extensions.Logging;

namespace Gateway.Tunnel.Identity;

internal static partial class CertificateLog
{
    [LoggerMessage(3001, LogLevel.Information, "Certificate files read again: {Identity}, valid until {NotAfter:u}", EventName = "CertificateReloaded")]
    public static partial void Reloaded(ILogger logger, PeerIdentity identity, DateTimeOffset notAfter);

    [LoggerMessage(3002, LogLevel.Warning, "Certificate files changed but cannot be used, the earlier ones stay: {Problem}", EventName = "CertificateNotReloaded")]
    public static partial void NotReloaded(ILogger logger, string problem);

    [LoggerMessage(3003, LogLevel.Warning, "{Path} expired at {NotAfter:u}: tunnels will be refused until it is replaced", EventName = "CertificateExpired")]
    public static partial void Expired(ILogger logger, string path, DateTimeOffset notAfter);

    [LoggerMessage(3004, LogLevel.Information, "{Folder} cannot be watched and is polled: {Problem}", EventName = "CertificateFolderNotWatched")]
    public static partial void NotWatched(ILogger logger, string folder, string problem);

    [LoggerMessage(
        3005, LogLevel.Warning, "Tunnel connection from {Address} refused: {Reason}: {Problem} (and {Unsaid} more since the last such line)", EventName = "PeerRefused")]
    public static partial void PeerRefused(ILogger logger, string address, string reason, string problem, int unsaid);

    [LoggerMessage(3006, LogLevel.Information, "Certificates are signed by another authority from now on: {Fingerprint}", EventName = "SignerChanged")]
    public static partial void SignerChanged(ILogger logger, string fingerprint);

    [LoggerMessage(3007, LogLevel.Error, "No certificate can be signed: {Problem}", EventName = "SignerNotUsable")]
    public static partial void SignerNotUsable(ILogger logger, string problem);
}
