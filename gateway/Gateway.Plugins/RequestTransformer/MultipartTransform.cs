using System.Text;
using Gateway.Model.Templates;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Gateway.Plugins.RequestTransformer;

/// <summary>The operations on the parts of a multipart form. Nothing can be appended, as in Kong.</summary>
internal static class MultipartTransform
{
    /// <summary>Null where the body is no multipart form, and so stays as it is.</summary>
    public static async ValueTask<byte[]?> ApplyAsync(Operations operations, ReadOnlyMemory<byte> body, string contentType, ITemplateScope scope)
    {
        if (!MediaTypeHeaderValue.TryParse(contentType, out var type) || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 } boundary)
        {
            return null;
        }

        var parts = await ReadAsync(body, boundary);
        if (parts is null)
        {
            return null;
        }

        foreach (var (name, value) in operations.Rename)
        {
            var index = parts.FindIndex(part => part.Name == name);
            if (index >= 0 && value?.Render(scope) is { Length: > 0 } to)
            {
                var content = parts[index].Content;
                parts.RemoveAll(part => part.Name == name || part.Name == to);
                parts.Add(FormPart.Simple(to, content));
            }
        }

        foreach (var (name, _) in operations.Remove)
        {
            parts.RemoveAll(part => part.Name == name);
        }

        foreach (var (name, value) in operations.Replace)
        {
            if (parts.RemoveAll(part => part.Name == name) > 0 && value is not null)
            {
                parts.Add(FormPart.Simple(name, Encoding.UTF8.GetBytes(value.Render(scope))));
            }
        }

        foreach (var (name, value) in operations.Add)
        {
            if (value is not null && !parts.Exists(part => part.Name == name))
            {
                parts.Add(FormPart.Simple(name, Encoding.UTF8.GetBytes(value.Render(scope))));
            }
        }

        return Write(parts, boundary);
    }

    private static async ValueTask<List<FormPart>?> ReadAsync(ReadOnlyMemory<byte> body, string boundary)
    {
        var parts = new List<FormPart>();
        var reader = new MultipartReader(boundary, new MemoryStream(body.ToArray(), writable: false));
        try
        {
            while (await reader.ReadNextSectionAsync() is { } section)
            {
                var content = new MemoryStream();
                await section.Body.CopyToAsync(content);
                var name = ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)
                    ? HeaderUtilities.RemoveQuotes(disposition.Name).Value
                    : null;
                parts.Add(new FormPart(name, [.. (section.Headers ?? []).Select(header => $"{header.Key}: {header.Value}")], content.ToArray()));
            }

            return parts;
        }
        catch (Exception malformed) when (malformed is IOException or InvalidDataException)
        {
            return null;
        }
    }

    private static byte[] Write(List<FormPart> parts, string boundary)
    {
        var output = new MemoryStream();
        foreach (var part in parts)
        {
            output.Write(Encoding.UTF8.GetBytes($"--{boundary}\r\n{string.Concat(part.Headers.Select(header => header + "\r\n"))}\r\n"));
            output.Write(part.Content);
            output.Write("\r\n"u8);
        }

        output.Write(Encoding.UTF8.GetBytes($"--{boundary}--\r\n"));
        return output.ToArray();
    }
}
