namespace Gateway.DataPlane.Routing;

/// <summary>A node of a <see cref="RadixTree{TValue}"/>: immutable once its edit has ended.</summary>
internal sealed class RadixNode<TValue>
    where TValue : class
{
    private readonly RadixEdit? _owner;

    public RadixNode(string label, RadixEdit? owner)
    {
        Label = label;
        _owner = owner;
    }

    /// <summary>What leads from the parent to here; empty at the root alone.</summary>
    public string Label { get; private set; }

    public TValue? Value { get; set; }

    /// <summary>First characters of the children's labels: a string, because its search is vectorised.</summary>
    public string ChildKeys { get; private set; } = string.Empty;

    public RadixNode<TValue>[] Children { get; private set; } = [];

    /// <summary>The child whose label begins the text, if there is one.</summary>
    public RadixNode<TValue>? Child(ReadOnlySpan<char> text)
    {
        if (text.Length == 0)
        {
            return null;
        }

        var index = ChildKeys.IndexOf(text[0]);
        if (index < 0)
        {
            return null;
        }

        var child = Children[index];
        return text.StartsWith(child.Label, StringComparison.Ordinal) ? child : null;
    }

    /// <summary>This node where the edit made it, otherwise a copy that it may change.</summary>
    public RadixNode<TValue> Owned(RadixEdit edit) =>
        ReferenceEquals(_owner, edit)
            ? this
            : new RadixNode<TValue>(Label, edit) { Value = Value, ChildKeys = ChildKeys, Children = [.. Children] };

    public RadixNode<TValue> WithLabel(string label, RadixEdit edit)
    {
        var node = Owned(edit);
        node.Label = label;
        return node;
    }

    public RadixNode<TValue> WithChild(RadixNode<TValue> child, RadixEdit edit)
    {
        var node = Owned(edit);
        node.ChildKeys += child.Label[0];
        node.Children = [.. node.Children, child];
        return node;
    }

    public RadixNode<TValue> WithChildAt(int index, RadixNode<TValue> child, RadixEdit edit)
    {
        if (ReferenceEquals(Children[index], child))
        {
            return this;
        }

        var node = Owned(edit);
        node.Children[index] = child;
        return node;
    }

    public RadixNode<TValue> WithoutChild(int index, RadixEdit edit)
    {
        var node = Owned(edit);
        node.ChildKeys = node.ChildKeys.Remove(index, 1);
        node.Children = [.. node.Children[..index], .. node.Children[(index + 1)..]];
        return node;
    }
}
