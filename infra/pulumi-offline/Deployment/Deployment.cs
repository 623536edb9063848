using Pulumi.Testing;

namespace Pulumi;

/// <summary>
/// The entry point of a program. This is the offline subset: it tests and previews against mocks, and cannot deploy.
/// </summary>
public sealed partial class Deployment
{
    private static readonly AsyncLocal<DeploymentInstance?> CurrentInstance = new();

    private readonly MockMonitor _monitor;
    private Stack? _stack;

    private Deployment(MockMonitor monitor, TestOptions? options)
    {
        _monitor = monitor;
        OrganizationName = options?.OrganizationName ?? "organization";
        ProjectName = options?.ProjectName ?? "project";
        StackName = options?.StackName ?? "stack";
        RootDirectory = options?.RootDirectory ?? "/root";
        IsDryRun = options?.IsPreview ?? true;
        Runner = new DeploymentRunner(this);
        Configuration = DeploymentConfiguration.FromEnvironment();
    }

    /// <summary>The deployment that runs; only inside the function or stack given to a run.</summary>
    public static DeploymentInstance Instance
        => CurrentInstance.Value ?? throw new InvalidOperationException("Trying to acquire Deployment.Instance before 'Run' was called.");

    internal static Deployment? Current => CurrentInstance.Value?.Internal;

    internal static Deployment InternalInstance => Instance.Internal;

    internal string OrganizationName { get; }

    internal string ProjectName { get; }

    internal string StackName { get; }

    internal string RootDirectory { get; }

    internal bool IsDryRun { get; }

    internal DeploymentRunner Runner { get; }

    internal DeploymentConfiguration Configuration { get; }

    internal DeploymentLog Log { get; } = new();

    internal Stack Stack
    {
        get => _stack ?? throw new InvalidOperationException("Trying to acquire Deployment.Stack before 'Run' was called.");
        set => _stack = value;
    }
}
