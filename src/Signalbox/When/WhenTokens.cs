using System.Buffers;

namespace Signalbox;

/// <summary>What a token of a <c>when</c> is.</summary>
internal enum TokenKind
{
    End, Word, Quoted, Operator, Open, Close, OpenList, CloseList, Comma, Unclosed, Strange,
}

/// <summary>A token of a <c>when</c>.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="At">Its first character, counted from zero.</param>
/// <param name="Length">How many characters it takes.</param>
/// <param name="Text">What it stands for: a quoted text without its quotes.</param>
internal readonly record struct Token(TokenKind Kind, int At, int Length, string Text)
{
    /// <summary>True for that word, whatever the case.</summary>
    public bool Is(string word) => Kind is TokenKind.Word && string.Equals(Text, word, StringComparison.OrdinalIgnoreCase);

    /// <summary>True for a word with a meaning of its own, which must be quoted to be a value.</summary>
    public bool IsKeyword => Is("and") || Is("or") || Is("not") || Is("in") || Is("has");

    /// <summary>How an error names it.</summary>
    public string Shown => Kind switch
    {
        TokenKind.End => "the end",
        TokenKind.Unclosed => "a quote that is not closed",
        TokenKind.Quoted => $"the text \"{Text}\"",
        _ => $"\"{Text}\"",
    };
}

/// <summary>Cuts a <c>when</c> into tokens. Total.</summary>
internal static class WhenTokens
{
    private static readonly SearchValues<char> NotInWords = SearchValues.Create(" \t\r\n()[],=!~<>'\"&|");

    /// <summary>The tokens; the last one is the end.</summary>
    public static ValueList<Token> Of(string text)
    {
        var tokens = new List<Token>();
        var at = 0;
        while (true)
        {
            while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
            if (at == text.Length)
            {
                tokens.Add(new(TokenKind.End, at, 1, ""));
                return [.. tokens];
            }
            var token = Next(text, at);
            tokens.Add(token);
            at += token.Length;
        }
    }

    private static Token Next(string text, int at) => text[at] switch
    {
        '(' => new(TokenKind.Open, at, 1, "("),
        ')' => new(TokenKind.Close, at, 1, ")"),
        '[' => new(TokenKind.OpenList, at, 1, "["),
        ']' => new(TokenKind.CloseList, at, 1, "]"),
        ',' => new(TokenKind.Comma, at, 1, ","),
        '\'' or '"' => Quoted(text, at),
        '=' or '!' or '~' or '<' or '>' or '&' or '|' => Operator(text, at),
        _ => Word(text, at),
    };

    private static Token Quoted(string text, int at)
    {
        var end = text.IndexOf(text[at], at + 1);
        return end < 0
            ? new(TokenKind.Unclosed, at, text.Length - at, text[at..])
            : new(TokenKind.Quoted, at, end + 1 - at, text[(at + 1)..end]);
    }

    private static Token Operator(string text, int at)
    {
        var two = at + 1 < text.Length ? text.Substring(at, 2) : "";
        return two is "!=" or "!~" or "=~" or ">=" or "<=" ? new(TokenKind.Operator, at, 2, two)
            : two is "==" or "&&" or "||" or "<>" or "=>" or "=<" ? new(TokenKind.Strange, at, 2, two)
            : text[at] is '!' or '&' or '|' ? new(TokenKind.Strange, at, 1, text[at..(at + 1)])
            : new(TokenKind.Operator, at, 1, text[at..(at + 1)]);
    }

    private static Token Word(string text, int at)
    {
        var length = text.AsSpan(at).IndexOfAny(NotInWords);
        var end = length < 0 ? text.Length : at + length;
        return new(TokenKind.Word, at, end - at, text[at..end]);
    }
}
