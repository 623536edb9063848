namespace Hybrid.Stacks.Preview.Comparison;

internal enum DiffFormat
{
    Text,
    Json,
    Markdown,
}
