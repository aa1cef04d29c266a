namespace Signalbox.Tests;

/// <summary>"Did you mean …?": near words are proposed, and far ones are not.</summary>
public class WhatWasMeant
{
    private static readonly ValueList<string> Known = ["title", "source", "severity", "status", "rds", "stack"];

    [Theory]
    [InlineData("sorce", "source")]
    [InlineData("suorce", "source")]
    [InlineData("Sourcee", "source")]
    [InlineData("sev", "severity")]
    [InlineData("SEVER", "severity")]
    [InlineData("tittle", "title")]
    [InlineData("sttaus", "status")]
    [InlineData("rd", "rds")]
    [InlineData("rdz", "rds")]
    [InlineData("se", null)]
    [InlineData("sxyrce", "source")]
    [InlineData("sxyzce", null)]
    [InlineData("rxz", null)]
    [InlineData("unheard-of", null)]
    [InlineData("", null)]
    public void A_word_has_its_nearest_or_none(string word, string? meant)
    {
        Assert.Equal(meant, Nearest.To(word, Known));
        Assert.Equal(meant is null ? null : $"Did you mean \"{meant}\"?", Nearest.Hint(word, Known));
    }

    [Theory]
    [InlineData("same", "same", 0)]
    [InlineData("", "abc", 3)]
    [InlineData("abc", "", 3)]
    [InlineData("abc", "acb", 1)]
    [InlineData("ab", "ba", 1)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("abcd", "badc", 2)]
    public void Words_are_so_many_changes_apart(string from, string to, int changes) => Assert.Equal(changes, Nearest.Distance(from, to));
}
