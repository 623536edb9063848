using System.CommandLine;
using System.Net;

namespace Gateway.Commands;

/// <summary><c>gateway health</c>: asks the process of the same environment whether it is ready. For probes where there is no shell and no curl.</summary>
internal static class HealthCommand
{
    public static Command Create()
    {
        var command = new Command("health", "Exit code 0 where the gateway with this environment's settings is ready, 1 otherwise");
        command.SetAction(async (_, cancellationToken) =>
        {
            var listen = ProcessSettings.Read().StatusListen;
            var host = listen.Address.Equals(IPAddress.Any) ? IPAddress.Loopback : listen.Address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : listen.Address;
            var url = new UriBuilder(Uri.UriSchemeHttp, host.ToString(), listen.Port, "/status/ready").Uri;
            using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
            try
            {
                using var response = await http.GetAsync(url, cancellationToken);
                Console.WriteLine(await response.Content.ReadAsStringAsync(cancellationToken));
                return response.IsSuccessStatusCode ? 0 : 1;
            }
            catch (Exception problem) when (problem is HttpRequestException or TaskCanceledException)
            {
                throw new CommandException($"{url} does not answer ({problem.Message.TrimEnd('.')})");
            }
        });
        return command;
    }
}
