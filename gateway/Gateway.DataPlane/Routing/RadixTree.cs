namespace Gateway.DataPlane.Routing;

/// <summary>
/// A persistent map from strings to values that finds every entry whose key is a prefix of a text in one walk. A change copies the nodes on the
/// way to it and shares the rest, so it costs the key's length and not the tree's size.
/// </summary>
/// <remarks>
/// Readers need no lock. Within one <see cref="RadixEdit"/>, nodes that the edit made itself are changed in place: a first load of 100,000 keys
/// does not copy the upper nodes 100,000 times. An edit is used by one thread, and dropped before its tree is published.
/// </remarks>
internal sealed class RadixTree<TValue>
    where TValue : class
{
    public static readonly RadixTree<TValue> Empty = new(new RadixNode<TValue>(string.Empty, owner: null));

    private readonly RadixNode<TValue> _root;

    private RadixTree(RadixNode<TValue> root) => _root = root;

    public bool IsEmpty => _root.Value is null && _root.ChildKeys.Length == 0;

    /// <summary>The node for the empty prefix: where a walk begins.</summary>
    public RadixNode<TValue> Root => _root;

    /// <summary>The value of exactly this key.</summary>
    public TValue? Find(ReadOnlySpan<char> key)
    {
        var node = _root;
        while (key.Length > 0)
        {
            var child = node.Child(key);
            if (child is null)
            {
                return null;
            }

            key = key[child.Label.Length..];
            node = child;
        }

        return node.Value;
    }

    /// <summary>Replaces the value of a key by what <paramref name="change"/> makes of it (null where there is none); a null result removes the key.</summary>
    public RadixTree<TValue> With<TState>(ReadOnlySpan<char> key, RadixEdit edit, TState state, Func<TValue?, TState, TValue?> change)
    {
        var root = Change(_root, key, edit, state, change) ?? new RadixNode<TValue>(string.Empty, edit);
        return ReferenceEquals(root, _root) ? this : new RadixTree<TValue>(root);
    }

    // Returns null where nothing is left of the node.
    private static RadixNode<TValue>? Change<TState>(
        RadixNode<TValue> node, ReadOnlySpan<char> key, RadixEdit edit, TState state, Func<TValue?, TState, TValue?> change)
    {
        if (key.Length == 0)
        {
            return WithValue(node, edit, change(node.Value, state));
        }

        var index = node.ChildKeys.IndexOf(key[0]);
        if (index < 0)
        {
            var added = change(null, state);
            return added is null ? node : node.WithChild(new RadixNode<TValue>(key.ToString(), edit) { Value = added }, edit);
        }

        var child = node.Children[index];
        var common = key.CommonPrefixLength(child.Label);
        if (common == child.Label.Length)
        {
            var changed = Change(child, key[common..], edit, state, change);
            if (ReferenceEquals(changed, child))
            {
                return node;
            }

            return changed is null ? Collapse(node.WithoutChild(index, edit), edit) : node.WithChildAt(index, changed, edit);
        }

        var value = change(null, state);
        if (value is null)
        {
            return node;
        }

        // The key leaves the child's label in the middle: a new node stands at the fork.
        var fork = new RadixNode<TValue>(child.Label[..common], edit)
            .WithChild(child.WithLabel(child.Label[common..], edit), edit);
        fork = common == key.Length
            ? WithValue(fork, edit, value)!
            : fork.WithChild(new RadixNode<TValue>(key[common..].ToString(), edit) { Value = value }, edit);
        return node.WithChildAt(index, fork, edit);
    }

    private static RadixNode<TValue>? WithValue(RadixNode<TValue> node, RadixEdit edit, TValue? value)
    {
        if (ReferenceEquals(node.Value, value))
        {
            return node;
        }

        var changed = node.Owned(edit);
        changed.Value = value;
        return value is null ? Collapse(changed, edit) : changed;
    }

    // A node without a value that has one child is one edge; without children it is nothing. The root keeps its empty label.
    private static RadixNode<TValue>? Collapse(RadixNode<TValue> node, RadixEdit edit)
    {
        if (node.Value is not null || node.Label.Length == 0)
        {
            return node;
        }

        return node.ChildKeys.Length switch
        {
            0 => null,
            1 => node.Children[0].WithLabel(node.Label + node.Children[0].Label, edit),
            _ => node,
        };
    }
}
