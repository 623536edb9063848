using System.Collections.Immutable;
using System.Globalization;

namespace Hybrid.Stacks.Policies;

/// <summary>A value among a resource's inputs, and where it stands. What is missing is a node without a value.</summary>
internal readonly record struct Node(string Path, object? Value)
{
    public bool IsMissing => Value is null;

    public string? Text => Value as string;

    /// <summary>Some of AWS's flags are texts.</summary>
    public bool? Flag => Value switch
    {
        bool flag => flag,
        "true" => true,
        "false" => false,
        _ => null,
    };

    public double? Number => Value switch
    {
        double number => number,
        int number => number,
        string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    public IEnumerable<Node> Items
    {
        get
        {
            if (Value is not ImmutableArray<object?> items)
            {
                yield break;
            }

            for (var i = 0; i < items.Length; i++)
            {
                yield return new Node($"{Path}[{i}]", items[i]);
            }
        }
    }

    public IEnumerable<Node> Members
    {
        get
        {
            if (Value is not ImmutableSortedDictionary<string, object?> map)
            {
                yield break;
            }

            foreach (var (key, value) in map)
            {
                yield return new Node(Join(key), value);
            }
        }
    }

    /// <summary>What a message shows.</summary>
    public string Shown => Value switch
    {
        null => "not set",
        bool flag => flag ? "true" : "false",
        double number => number.ToString(CultureInfo.InvariantCulture),
        string text => $"'{text}'",
        ImmutableArray<object?> items => items.IsEmpty ? "empty" : string.Join(", ", items),
        ImmutableSortedDictionary<string, object?> map => string.Join(", ", map.Keys),
        var other => Convert.ToString(other, CultureInfo.InvariantCulture) ?? "",
    };

    /// <param name="path">Names joined by dots.</param>
    public Node this[string path]
    {
        get
        {
            var node = this;
            foreach (var name in path.Split('.'))
            {
                node = node.Member(name);
            }

            return node;
        }
    }

    /// <summary>A member whose name may hold dots, such as an annotation.</summary>
    public Node Member(string name) => new(Join(name), Value is ImmutableSortedDictionary<string, object?> map ? map.GetValueOrDefault(name) : null);

    /// <summary>This node and everything below it.</summary>
    public IEnumerable<Node> Walk()
    {
        yield return this;
        foreach (var child in Members.Concat(Items).ToArray())
        {
            foreach (var node in child.Walk())
            {
                yield return node;
            }
        }
    }

    private string Join(string name) => Path.Length is 0 ? name : $"{Path}.{name}";
}
