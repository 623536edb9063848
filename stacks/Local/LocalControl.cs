using System.IO.Pipes;
using System.Text;

namespace Hybrid.Stacks.Local;

/// <summary>How another terminal asks the supervisor to start a part again: one line each way over a pipe that only this user can open.</summary>
internal sealed class LocalControl(LocalLayout layout, Func<string, CancellationToken, Task<string>> startAgain) : IDisposable
{
    private const string Accepted = "ok ";
    private const string Refused = "no ";

    public async Task ServeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await using var pipe = new NamedPipeServerStream(
                layout.PipeName, PipeDirection.InOut, maxNumberOfServerInstances: 1, PipeTransmissionMode.Byte, PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly);
            await pipe.WaitForConnectionAsync(cancellationToken);
            try
            {
                using var reader = new StreamReader(pipe, Encoding.UTF8, leaveOpen: true);
                var name = await reader.ReadLineAsync(cancellationToken) ?? "";
                var answer = await AnswerAsync(name, cancellationToken);
                await pipe.WriteAsync(Encoding.UTF8.GetBytes(answer + "\n"), cancellationToken);
            }
            catch (IOException)
            {
                // The caller went away before its answer; the next one is waited for.
            }
        }
    }

    /// <summary>The caller's side.</summary>
    /// <exception cref="LocalException">Nothing runs there, or the supervisor said no.</exception>
    public static async Task<string> AskAsync(LocalLayout layout, string name, CancellationToken cancellationToken)
    {
        await using var pipe = new NamedPipeClientStream(".", layout.PipeName, PipeDirection.InOut, PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly);
        try
        {
            await pipe.ConnectAsync(TimeSpan.FromSeconds(5), cancellationToken);
        }
        catch (TimeoutException)
        {
            throw new LocalException($"nothing runs from {layout.State}: start it with ./hybrid up local");
        }

        await pipe.WriteAsync(Encoding.UTF8.GetBytes(name + "\n"), cancellationToken);
        using var reader = new StreamReader(pipe, Encoding.UTF8);
        var answer = await reader.ReadLineAsync(cancellationToken) ?? Refused + "the supervisor stopped before it answered";
        return answer.StartsWith(Accepted, StringComparison.Ordinal)
            ? answer[Accepted.Length..]
            : throw new LocalException(answer.StartsWith(Refused, StringComparison.Ordinal) ? answer[Refused.Length..] : answer);
    }

    public void Dispose() => File.Delete(Path.Combine(Path.GetTempPath(), "CoreFxPipe_" + layout.PipeName));

    private async Task<string> AnswerAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return Accepted + await startAgain(name, cancellationToken);
        }
        catch (LocalException problem)
        {
            return Refused + problem.Message.ReplaceLineEndings(" ");
        }
    }
}
