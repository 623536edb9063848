using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Gateway.ControlPlane.Access;

/// <summary>The first administrator's token, which the settings give. A file is read again, so that a new token needs no restart, and the old one ends with it.</summary>
internal sealed partial class AdminToken
{
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);

    private readonly string? _file;
    private readonly TimeProvider _time;
    private readonly ILogger<AdminToken> _logger;
    private readonly Lock _reading = new();
    private byte[]? _hash;
    private long _read;
    private bool _reported;

    /// <exception cref="StartRefusedException">The token is too short to be one.</exception>
    public AdminToken(ControlPlaneOptions options, TimeProvider time, ILogger<AdminToken> logger)
    {
        (_file, _time, _logger) = (options.Access.AdminTokenFile, time, logger);
        if (options.Access.AdminToken is { } token)
        {
            _hash = IsLongEnough(token) ? Hash(token) : throw new StartRefusedException($"the admin token is too short; allowed: at least {AccessOptions.ShortestAdminToken} random characters");
        }

        _read = time.GetTimestamp();
    }

    public bool IsSet => _hash is not null;

    public bool Matches(string credential)
    {
        byte[]? expected;
        lock (_reading)
        {
            if (_file is not null && _time.GetElapsedTime(_read) >= Freshness)
            {
                Read(_file);
                _read = _time.GetTimestamp();
            }

            expected = _hash;
        }

        return expected is not null && CryptographicOperations.FixedTimeEquals(expected, Hash(credential));
    }

    private void Read(string file)
    {
        try
        {
            var token = File.ReadAllText(file).TrimEnd('\r', '\n');
            if (IsLongEnough(token))
            {
                _hash = Hash(token);
                _reported = false;
                return;
            }

            Report(file, $"shorter than {AccessOptions.ShortestAdminToken} characters");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            Report(file, problem.Message);
        }
    }

    // What was read last stays good: a file that is being replaced must lock nobody out.
    private void Report(string file, string problem)
    {
        if (!_reported)
        {
            _reported = true;
            LogUnreadable(file, problem);
        }
    }

    private static bool IsLongEnough(string token) => token.Length >= AccessOptions.ShortestAdminToken;

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    [LoggerMessage(EventId = 3210, Level = LogLevel.Warning, Message = "The admin token's file {File} can't be used: {Problem}; the token that was read before stays")]
    private partial void LogUnreadable(string file, string problem);
}
