using Microsoft.Extensions.Primitives;

namespace Gateway.DataPlane.Routing;

/// <summary>A header that a route asks for: one of some values (letter case aside), or a match of a regex.</summary>
internal sealed record HeaderCriterion(string Name, string[] Values, PathPattern[] Patterns)
{
    public bool MatchesAny(StringValues values)
    {
        for (var i = 0; i < values.Count; i++)
        {
            var value = values[i];
            if (value is not null && Matches(value))
            {
                return true;
            }
        }

        return false;
    }

    private bool Matches(string value)
    {
        foreach (var accepted in Values)
        {
            if (string.Equals(accepted, value, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        foreach (var pattern in Patterns)
        {
            if (pattern.Match(value) >= 0)
            {
                return true;
            }
        }

        return false;
    }
}
