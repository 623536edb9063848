using System.Text;
using Gateway.DataPlane.Tests.Hosting.Support;
using Gateway.Model;
using Gateway.Model.Credentials;
using Gateway.Model.Entities;

namespace Gateway.Plugins.Tests.Authentication;

/// <summary>Writes credentials and groups of consumers.</summary>
internal static class Credentials
{
    public static Guid BasicAuth(this ConfigurationBuilder builder, Guid consumer, string username, string password, Guid? id = null) => builder.Put(
        EntityKinds.BasicAuthCredentials,
        new BasicAuthCredential { Id = id ?? Guid.NewGuid(), Username = username, Password = PasswordHash.Create(password), Consumer = new EntityReference(consumer) },
        ModelJson.Default.BasicAuthCredential);

    public static Guid Acl(this ConfigurationBuilder builder, Guid consumer, string group) => builder.Put(
        EntityKinds.Acls, new Gateway.Model.Entities.Acl { Id = Guid.NewGuid(), Group = group, Consumer = new EntityReference(consumer) }, ModelJson.Default.Acl);

    public static string Basic(string pair) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(pair));
}
