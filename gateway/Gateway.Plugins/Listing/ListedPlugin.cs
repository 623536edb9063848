namespace Gateway.Plugins.Listing;

/// <summary>One plugin of this build.</summary>
/// <param name="Phases">In the order in which a request meets them. Which of them an instance runs in depends on its config.</param>
/// <param name="Scopes">What an instance may be bound to.</param>
/// <param name="Fields">Paths of the config's fields that do something.</param>
/// <param name="Refused">Fields that Kong has and this version refuses by name, and values of others, as <c>field: value</c>.</param>
public sealed record ListedPlugin(
    string Name, string Version, int Priority, IReadOnlyList<string> Phases, IReadOnlyList<string> Scopes, IReadOnlyList<string> Fields, IReadOnlyList<string> Refused);
