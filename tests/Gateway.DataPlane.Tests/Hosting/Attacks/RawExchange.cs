using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Gateway.DataPlane.Tests.Hosting.Attacks;

/// <summary>Bytes sent over one connection as they are, and the statuses of all that came back until the gateway closed: what is not refused has to ask for that.</summary>
internal static partial class RawExchange
{
    /// <summary>In place of a status where the gateway waits for more after it answered, or did not answer.</summary>
    public const int StillOpen = 0;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    public static async Task<IReadOnlyList<int>> SendAsync(Uri proxy, string bytes, bool thenClose = false)
    {
        using var client = new TcpClient { NoDelay = true };
        using var limit = new CancellationTokenSource(Limit);
        await client.ConnectAsync(proxy.Host, proxy.Port, limit.Token);
        var stream = client.GetStream();
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(bytes), limit.Token);
            if (thenClose)
            {
                client.Client.Shutdown(SocketShutdown.Send);
            }
        }
        catch (IOException)
        {
            // Refused before all of it was read.
        }

        var answer = new StringBuilder();
        var buffer = new byte[4096];
        try
        {
            while (await stream.ReadAsync(buffer, limit.Token) is > 0 and var count)
            {
                answer.Append(Encoding.Latin1.GetString(buffer, 0, count));
            }
        }
        catch (IOException)
        {
            // Reset: the gateway had not read all that was sent.
        }
        catch (OperationCanceledException)
        {
            return [.. Statuses(answer), StillOpen];
        }

        return Statuses(answer);
    }

    private static List<int> Statuses(StringBuilder answer) => [.. Status().Matches(answer.ToString()).Select(match => int.Parse(match.Groups["status"].ValueSpan))];

    [GeneratedRegex(@"HTTP/1\.1 (?<status>\d{3})", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Status();
}
