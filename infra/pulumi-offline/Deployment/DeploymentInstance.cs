namespace Pulumi;

/// <summary>Facts of the running deployment, and calls of provider functions.</summary>
public sealed class DeploymentInstance
{
    internal DeploymentInstance(Deployment deployment) => Internal = deployment;

    public string OrganizationName => Internal.OrganizationName;

    public string ProjectName => Internal.ProjectName;

    public string StackName => Internal.StackName;

    public string RootDirectory => Internal.RootDirectory;

    /// <summary>Whether this is a preview.</summary>
    public bool IsDryRun => Internal.IsDryRun;

    internal Deployment Internal { get; }

    public Output<T> Invoke<T>(string token, InvokeArgs args, InvokeOptions? options = null) => Internal.Invoke<T>(token, args, options);

    public Output<T> Invoke<T>(string token, InvokeArgs args, InvokeOutputOptions options) => Internal.Invoke<T>(token, args, options);

    public Task<T> InvokeAsync<T>(string token, InvokeArgs args, InvokeOptions? options = null) => Internal.InvokeAsync<T>(token, args, options);

    public Task InvokeAsync(string token, InvokeArgs args, InvokeOptions? options = null) => Internal.InvokeAsync<object>(token, args, options);
}
