namespace Pulumi.Offline.Generator.Check;

/// <summary>Something that the subset offers and the official packages do not, or a file that is out of date.</summary>
/// <param name="Field">The type, member or file.</param>
/// <param name="Allowed">What would be right.</param>
internal sealed record Finding(string Field, string Problem, string Allowed)
{
    public override string ToString() => $"{Field}: {Problem}; allowed: {Allowed}";
}
