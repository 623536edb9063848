namespace Hybrid.Stacks.Preview.Comparison;

/// <summary>What <c>pulumi up</c> would do with a resource.</summary>
internal enum ChangeAction
{
    Add,
    Change,

    /// <summary>Delete it and create another in its place.</summary>
    Replace,

    Remove,
}
