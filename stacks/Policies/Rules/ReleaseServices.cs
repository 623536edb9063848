namespace Hybrid.Stacks.Policies.Rules;

/// <summary>The services that a release of our chart asks for, read off its values.</summary>
internal static class ReleaseServices
{
    private const string AnnotationPrefix = "service.beta.kubernetes.io/aws-load-balancer-";

    /// <summary>The members of the values that have a service's type.</summary>
    public static IEnumerable<Node> Services(this Subject release) => release["values"].Members.Where(member => member["type"].Text is not null);

    public static bool IsLoadBalancer(this Node service) => service["type"].Text is "LoadBalancer";

    /// <summary>Whether the internet reaches it.</summary>
    public static bool IsPublic(this Node service) => service.IsLoadBalancer() && service.Annotation("scheme").Text is not "internal";

    /// <summary>An annotation of the AWS Load Balancer Controller, by the end of its name.</summary>
    public static Node Annotation(this Node service, string name) => service.Member("annotations").Member(AnnotationPrefix + name);

    public static IEnumerable<Node> Annotations(this Node service, string start) =>
        service.Member("annotations").Members.Where(member => member.Path.Contains(AnnotationPrefix + start, StringComparison.Ordinal));
}
