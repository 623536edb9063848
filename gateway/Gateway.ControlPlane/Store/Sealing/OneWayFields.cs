using System.Text.Json.Nodes;
using Gateway.Model.Credentials;
using Gateway.Model.Entities;

namespace Gateway.ControlPlane.Store.Sealing;

/// <summary>Passwords become hashes before anything is stored.</summary>
internal static class OneWayFields
{
    /// <summary>
    /// Replaces a password in clear by its hash: the stored one where it is the same password, so that writing it again changes nothing.
    /// </summary>
    /// <param name="stored">The entity as it stands; null where it is new.</param>
    public static void Hash(string kind, JsonObject entity, JsonObject? stored)
    {
        if (kind != EntityKinds.BasicAuthCredentials || (string?)entity["password"] is not { } password || PasswordHash.IsHash(password))
        {
            return;
        }

        var known = (string?)stored?["password"];
        var isSame = known is not null && PasswordHash.Verify(known, Guid.Parse((string)entity["consumer"]!["id"]!), password);
        entity["password"] = isSame ? known : PasswordHash.Create(password);
    }
}
