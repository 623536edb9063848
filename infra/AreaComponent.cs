using Pulumi;

namespace Hybrid.Infra;

/// <summary>What every component shares: the type token <c>hybrid:area:Name</c>, and children that carry its name and hang below it.</summary>
public abstract class AreaComponent : ComponentResource
{
    /// <param name="token">Area and type, such as <c>network:VpcNetwork</c>.</param>
    /// <param name="options">Carries the provider: none is implied.</param>
    private protected AreaComponent(string token, string name, ComponentResourceOptions options)
        : base($"hybrid:{token}", name, options) => Name = name;

    private protected string Name { get; }

    private protected string ChildName(string suffix) => $"{Name}-{suffix}";

    private protected CustomResourceOptions Child(params IEnumerable<Resource> after)
    {
        var options = new CustomResourceOptions { Parent = this };
        foreach (var resource in after)
        {
            options.DependsOn.Add(resource);
        }

        return options;
    }

    /// <summary>A child whose loss loses data: <c>pulumi destroy</c> refuses until someone says otherwise.</summary>
    private protected CustomResourceOptions Stateful(bool protect, params IEnumerable<Resource> after)
    {
        var options = Child(after);
        options.Protect = protect;
        return options;
    }

    private protected ComponentResourceOptions ChildComponent(params IEnumerable<Resource> after)
    {
        var options = new ComponentResourceOptions { Parent = this };
        foreach (var resource in after)
        {
            options.DependsOn.Add(resource);
        }

        return options;
    }
}
