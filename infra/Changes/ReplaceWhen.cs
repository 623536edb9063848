namespace Hybrid.Infra.Changes;

/// <summary>Which change of a property makes a provider delete a resource and create another.</summary>
public enum ReplaceWhen
{
    /// <summary>Any, of the property or of something in it.</summary>
    Changed,

    /// <summary>Only that the property appears or disappears; what is in it changes in place.</summary>
    AddedOrRemoved,

    /// <summary>Only that the property disappears.</summary>
    Removed,

    /// <summary>Only from true to false, or to nothing.</summary>
    Disabled,

    /// <summary>Only to a lower version or number.</summary>
    Lowered,
}
