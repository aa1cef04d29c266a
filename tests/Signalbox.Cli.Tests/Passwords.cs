using Signalbox.Server.Admission;

namespace Signalbox.Tests;

public class Passwords
{
    private const string Secret = "correct horse battery staple";

    [Fact]
    public async Task A_piped_password_becomes_a_hash_that_fits_it_and_does_not_show_it()
    {
        using var desk = new Desk { Piped = Secret + "\n" };
        var typed = await desk.Type("password");
        Assert.Equal((0, ""), (typed.Code, typed.Error));
        Assert.True(PasswordHash.Fits(Secret, typed.Out.TrimEnd('\n')));
        Assert.DoesNotContain("horse", typed.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_types_it_twice()
    {
        using var desk = new Desk { Hidden = new([Secret, Secret]) };
        Assert.True(PasswordHash.Fits(Secret, (await desk.Type("password")).Out.TrimEnd('\n')));
        using var other = new Desk { Hidden = new([Secret, Secret + "s"]) };
        Assert.Equal(new Typed(2, "", "signalbox: expected the same password twice, found two\n"), await other.Type("password"));
    }

    [Fact]
    public async Task A_short_one_is_refused()
    {
        using var desk = new Desk { Piped = "hunter2\n" };
        Assert.Equal(new Typed(2, "", "signalbox: expected a password of at least 8 characters, found 7\n"), await desk.Type("password"));
    }
}
