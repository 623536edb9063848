using System.Text;
using Gateway.DataPlane.Pipeline;
using Microsoft.AspNetCore.Http;

namespace Gateway.DataPlane.Tests.Pipeline;

public sealed class ErrorBodyTests
{
    [Theory]
    [InlineData(null, "Json")]
    [InlineData("*/*", "Json")]
    [InlineData("application/json", "Json")]
    [InlineData("text/html", "Html")]
    [InlineData("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "Html")]
    [InlineData("text/plain;q=0.5, application/json;q=0.4", "Text")]
    [InlineData("application/xml", "Xml")]
    [InlineData("image/png", "Json")]
    [InlineData("text/html;q=0, application/json", "Json")]
    [InlineData("text/html;q=nonsense", "Json")]
    public void An_error_is_said_in_what_the_client_prefers(string? accept, string format)
    {
        var http = new DefaultHttpContext();
        http.Request.Headers.Accept = accept;

        Assert.Equal(Enum.Parse<ErrorFormat>(format), ErrorBody.FormatFor(http.Request));
    }

    [Fact]
    public void A_gRPC_client_gets_gRPC_whatever_it_accepts()
    {
        var http = new DefaultHttpContext();
        http.Request.ContentType = "application/grpc+proto";
        http.Request.Headers.Accept = "text/html";

        Assert.Equal(ErrorFormat.Grpc, ErrorBody.FormatFor(http.Request));
    }

    [Theory]
    [InlineData("Json", "{\"message\":\"a \\u003Cb\\u003E\",\"request_id\":\"id\"}")]
    [InlineData("Text", "a <b>\nrequest_id: id\n")]
    public void A_message_is_written_in_the_form_s_own_way(string format, string expected) =>
        Assert.Equal(expected, Encoding.UTF8.GetString(ErrorBody.Render(Enum.Parse<ErrorFormat>(format), "a <b>", "id")));

    [Theory]
    [InlineData("Html")]
    [InlineData("Xml")]
    public void Markup_in_a_message_is_text(string format) =>
        Assert.Contains("a &lt;b&gt;", Encoding.UTF8.GetString(ErrorBody.Render(Enum.Parse<ErrorFormat>(format), "a <b>", "id")), StringComparison.Ordinal);
}
