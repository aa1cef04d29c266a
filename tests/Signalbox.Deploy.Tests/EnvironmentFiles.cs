namespace Signalbox.Deploy.Tests;

public sealed class EnvironmentFiles
{
    [Theory]
    [InlineData("NAME=value", "value")]
    [InlineData("  export NAME = value  # why", "value")]
    [InlineData("NAME='a # b \\n'", "a # b \\n")]
    [InlineData("NAME=\"a\\n\\\"b\\\" \\$C\" # why", "a\n\"b\" $C")]
    [InlineData("NAME=\"two\nlines\"", "two\nlines")]
    [InlineData("NAME=", "")]
    [InlineData("# nothing\n\nNAME=a#b\r\n", "a#b")]
    [InlineData("NAME=a=b", "a=b")]
    [InlineData("NAME=first\nNAME=last", "last")]
    public void A_line_is_read_as_shells_read_it(string text, string value)
    {
        var (variables, problems) = Dotenv.Read(text, "x.env");
        Assert.Empty(problems);
        Assert.Equal(new Fact("NAME", value), variables[^1]);
    }

    [Theory]
    [InlineData("A1=1\n  secret-text", "x.env:2:3: expected NAME=VALUE, found no =.")]
    [InlineData("1A=1", "x.env:1:1: expected the name of an environment variable, found \"1A\". It begins with a letter; letters, digits and _ follow, at least one.")]
    [InlineData("AB='secret-text", "x.env:1:4: expected a closing ', found the end of the file.")]
    [InlineData("AB='a' secret-text", "x.env:1:4: expected the end of the line after a value in quotes, found more.")]
    public void What_is_wrong_names_its_place_and_no_value(string text, string says) => Assert.Equal([says], Dotenv.Read(text, "x.env").Problems);

    [Fact]
    public void What_is_written_is_read_back()
    {
        ValueList<Fact> variables = [new("AA", "plain"), new("AB", "two words"), new("AC", "it's $5\n\\n \"`x`\""), new("AD", ""), new("AE", "line\nline")];
        Assert.Equal(variables, Dotenv.Read(Dotenv.Write(variables), "x.env").Variables);
    }
}
