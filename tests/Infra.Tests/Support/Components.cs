using Pulumi;
using Pulumi.Testing;

namespace Hybrid.Infra.Tests.Support;

/// <summary>Runs a component by the official testing API.</summary>
internal static class Components
{
    public static async Task<T> RunAsync<T>(EchoMocks mocks, Func<T> create, bool preview = false)
    {
        T? result = default;
        await Deployment.TestAsync(mocks, new TestOptions { ProjectName = "test", StackName = "test", IsPreview = preview }, () => { result = create(); });
        return result!;
    }
}
