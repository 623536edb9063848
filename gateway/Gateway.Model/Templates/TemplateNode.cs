namespace Gateway.Model.Templates;

/// <summary>A parsed expression. Evaluates to null where it has no value.</summary>
internal abstract record TemplateNode
{
    public abstract string? Evaluate(ITemplateScope scope);

    internal sealed record Literal(string? Value) : TemplateNode
    {
        public override string? Evaluate(ITemplateScope scope) => Value;
    }

    internal sealed record Lookup(string Source, string Key) : TemplateNode
    {
        public override string? Evaluate(ITemplateScope scope) => scope.Find(Source, Key);
    }

    internal sealed record Or(TemplateNode First, TemplateNode Second) : TemplateNode
    {
        public override string? Evaluate(ITemplateScope scope) => First.Evaluate(scope) ?? Second.Evaluate(scope);
    }

    internal sealed record Concatenation(TemplateNode First, TemplateNode Second) : TemplateNode
    {
        public override string? Evaluate(ITemplateScope scope) => First.Evaluate(scope) + Second.Evaluate(scope);
    }
}
