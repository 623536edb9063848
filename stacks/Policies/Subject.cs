using System.Collections.Immutable;
using Hybrid.Stacks.Preview;

namespace Hybrid.Stacks.Policies;

/// <summary>A resource under a rule's eyes, among its neighbours.</summary>
/// <param name="isProtected">Whether the environment keeps what it holds (<c>hybrid:protect</c>): staging and production do.</param>
internal sealed class Subject(PreviewedStack stack, PreviewedResource resource, bool isProtected)
{
    /// <summary>Pulumi's own addition to names that it makes: a dash and seven hexadecimal digits.</summary>
    private const int SuffixLength = 8;

    public PreviewedResource Resource => resource;

    public bool IsProtected => isProtected;

    public string Layer => stack.Layer;

    public Node Inputs => new("", resource.Inputs);

    public Node this[string path] => Inputs[path];

    /// <summary>A name as long as the one that Pulumi makes of a resource's.</summary>
    public static string Generated(string logicalName) => logicalName + new string('0', SuffixLength);

    /// <summary>Resources of the same stack.</summary>
    public ImmutableArray<Subject> Neighbours(string type) =>
    [
        .. stack.Resources
            .Where(other => string.Equals(other.Type, type, StringComparison.Ordinal))
            .Select(other => new Subject(stack, other, isProtected)),
    ];

    /// <summary>The resource itself is at fault, rather than one of its inputs.</summary>
    public static ImmutableArray<Violation> Itself(bool holds, string found, string allowed) => holds ? [] : [new Violation("", found, allowed)];
}
