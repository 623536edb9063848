using System.Security.Cryptography;
using System.Text;

namespace Hybrid.Stacks.Preview.Answers;

/// <summary>Ids that look made by a provider, and are the same in each preview.</summary>
internal sealed class Identifiers(string stack)
{
    public string Hex(string type, string name, int length) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{stack}\n{type}\n{name}")))[..length];

    public Guid Guid(string type, string name) => new(Convert.FromHexString(Hex(type, name, 32)));
}
