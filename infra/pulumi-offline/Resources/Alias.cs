namespace Pulumi;

/// <summary>A former name of a resource: a whole URN, or the parts in which it differs from the present one.</summary>
public sealed class Alias
{
    public string? Urn { get; set; }

    public Input<string>? Name { get; set; }

    public Input<string>? Type { get; set; }

    public Input<string>? Stack { get; set; }

    public Input<string>? Project { get; set; }

    public Resource? Parent { get; set; }

    public Input<string>? ParentUrn { get; set; }

    public bool NoParent { get; set; }

    internal void Validate()
    {
        if (Urn is not null)
        {
            var other = Name is not null ? nameof(Name)
                : Type is not null ? nameof(Type)
                : Project is not null ? nameof(Project)
                : Stack is not null ? nameof(Stack)
                : Parent is not null ? nameof(Parent)
                : ParentUrn is not null ? nameof(ParentUrn)
                : NoParent ? nameof(NoParent)
                : null;
            if (other is not null)
            {
                throw new ArgumentException($"{nameof(Alias)} should not specify both {nameof(Urn)} and {other}");
            }
        }
        else if ((Parent is not null ? 1 : 0) + (ParentUrn is not null ? 1 : 0) + (NoParent ? 1 : 0) > 1)
        {
            throw new ArgumentException($"Only specify one of '{nameof(Parent)}', '{nameof(ParentUrn)}' or '{nameof(NoParent)}' in an {nameof(Alias)}");
        }
    }
}
