using Gateway.Model.Templates;

namespace Gateway.Plugins.RequestTransformer;

/// <summary>The operations on a query or a form.</summary>
internal static class FormTransform
{
    public static void Apply(Operations operations, FormValues form, ITemplateScope scope)
    {
        foreach (var (name, _) in operations.Remove)
        {
            form.Remove(name);
        }

        foreach (var (name, value) in operations.Rename)
        {
            if (value?.Render(scope) is { Length: > 0 } to)
            {
                form.Rename(name, to);
            }
        }

        foreach (var (name, value) in operations.Replace)
        {
            if (value is null)
            {
                form.Remove(name);
            }
            else if (form.Contains(name))
            {
                form.Set(name, value.Render(scope));
            }
        }

        foreach (var (name, value) in operations.Add)
        {
            if (value is not null && !form.Contains(name))
            {
                form.Append(name, value.Render(scope));
            }
        }

        foreach (var (name, value) in operations.Append)
        {
            if (value is not null)
            {
                form.Append(name, value.Render(scope));
            }
        }
    }
}
