using System.Security.Cryptography;
using Gateway.Tunnel.Enrollment;

namespace Gateway.Tunnel.Tests.Enrollment;

public sealed class EnrollmentTokenTests
{
    private static readonly EnrollmentToken Token = new(
        Guid.NewGuid(), RandomNumberGenerator.GetBytes(32), "on-prem", ["cp-1.example:8007", "cp-2.example:8007"], [new string('a', 64)]);

    [Fact]
    public void It_is_one_line_that_can_be_read_back()
    {
        var text = Token.Encode();

        Assert.Matches("^gwenroll1_[A-Za-z0-9_-]+$", text);
        var read = EnrollmentToken.TryParse(text)!;
        Assert.Equal((Token.Id, Token.Site), (read.Id, read.Site));
        Assert.Equal(Token.Secret, read.Secret);
        Assert.Equal(Token.Endpoints, read.Endpoints);
        Assert.Equal(Token.Authorities, read.Authorities);
    }

    [Fact]
    public void What_is_cut_off_or_something_else_is_none()
    {
        var text = Token.Encode();
        for (var length = 0; length < text.Length; length++)
        {
            Assert.Null(EnrollmentToken.TryParse(text[..length]));
        }

        Assert.Null(EnrollmentToken.TryParse("gwenroll1_e30"));
        Assert.Null(EnrollmentToken.TryParse(text.Replace("gwenroll1", "gwenroll2", StringComparison.Ordinal)));
        Assert.Null(EnrollmentToken.TryParse((Token with { Secret = [] }).Encode()));
        Assert.Null(EnrollmentToken.TryParse((Token with { Endpoints = [] }).Encode()));
        Assert.Null(EnrollmentToken.TryParse((Token with { Authorities = [] }).Encode()));
        Assert.Null(EnrollmentToken.TryParse((Token with { Site = "../x" }).Encode()));
    }

    [Fact]
    public void It_does_not_print_its_secret() =>
        Assert.DoesNotContain(Convert.ToBase64String(Token.Secret), $"{Token}", StringComparison.Ordinal);
}
