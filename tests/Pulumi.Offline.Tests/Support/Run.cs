using System.Collections.Immutable;
using Pulumi;
using Pulumi.Testing;

namespace Hybrid.PulumiOffline.Tests.Support;

/// <summary>Runs a few lines of a program against mocks.</summary>
internal static class Run
{
    public static TestOptions Update => new() { IsPreview = false };

    public static TestOptions Preview => new();

    public static Task<ImmutableArray<Resource>> UpdateAsync(IMocks mocks, Action create) => Deployment.TestAsync(mocks, Update, create);

    public static Task<ImmutableArray<Resource>> PreviewAsync(IMocks mocks, Action create) => Deployment.TestAsync(mocks, Preview, create);
}
