using System.Text;

namespace Hybrid.Stacks.Preview.Graph;

/// <summary><c>--graph FILE.svg</c>.</summary>
internal static class GraphFile
{
    /// <exception cref="PreviewException">The file cannot be written.</exception>
    public static void Write(PreviewedEnvironment environment, string path)
    {
        try
        {
            File.WriteAllText(path, GraphSvg.Write(GraphBuilder.Of(environment)), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new PreviewException($"--graph {path}: it cannot be written: {problem.Message}");
        }
    }
}
