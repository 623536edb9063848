namespace Gateway.Model.Templates;

/// <summary>What a template's names stand for in one request.</summary>
public interface ITemplateScope
{
    /// <param name="source">One of <see cref="Template.Sources"/>.</param>
    /// <param name="key">Name or number behind it.</param>
    /// <returns>Null where there is no such value.</returns>
    string? Find(string source, string key);
}
