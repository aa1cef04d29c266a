namespace Signalbox;

/// <summary>What is wrong with a <c>when</c>.</summary>
/// <param name="At">The character it is about, counted from zero.</param>
/// <param name="Length">How many characters it is about.</param>
/// <param name="Says">Expected and found, in a sentence.</param>
public sealed record WhenFault(int At, int Length, string Says);

/// <summary>A <c>when</c> that was read: the condition, or what is wrong with it. Exactly one is null.</summary>
public readonly record struct WhenOutcome(When? When, WhenFault? Fault)
{
    /// <summary>Reads a condition. Total.</summary>
    /// <param name="text">As people write it: <c>source = rds and severity >= warning</c>.</param>
    /// <param name="accounts">Names that <c>account = …</c> may use.</param>
    public static WhenOutcome Of(string text, ValueList<Account> accounts)
    {
        var parser = new WhenParser(WhenTokens.Of(text), accounts);
        return parser.Read();
    }
}

/// <summary>Recursive descent over the tokens of one condition; stops at the first fault.</summary>
internal ref struct WhenParser(ValueList<Token> tokens, ValueList<Account> accounts)
{
    private const int MaxDepth = 64;

    private const string Operators = "an operator (=, !=, ~, !~, =~, >=, >, <=, < or in)";

    private readonly ValueList<Token> tokens = tokens;
    private readonly WhenTests tests = new(accounts);
    private int at;
    private int depth;
    private WhenFault? fault;

    /// <summary>Reads the whole text.</summary>
    public WhenOutcome Read()
    {
        var when = ReadAny();
        if (fault is null && Now.Kind is not TokenKind.End) Fail(Now, "and, or, or the end", Advice(Now));
        return fault is null ? new(when, null) : new(null, fault);
    }

    private readonly Token Now => tokens[at];

    private When ReadAny()
    {
        var parts = new List<When> { ReadAll() };
        while (fault is null && Now.Is("or"))
        {
            at++;
            parts.Add(ReadAll());
        }
        return parts.Count is 1 ? parts[0] : new When.Any([.. parts]);
    }

    private When ReadAll()
    {
        var parts = new List<When> { ReadOne() };
        while (fault is null && Now.Is("and"))
        {
            at++;
            parts.Add(ReadOne());
        }
        return parts.Count is 1 ? parts[0] : new When.All([.. parts]);
    }

    private When ReadOne()
    {
        if (depth == MaxDepth) return Fail(Now, "at most 64 levels of parentheses and not");
        var first = Now;
        if (first.Kind is TokenKind.Open)
        {
            at++;
            depth++;
            var inner = ReadAny();
            depth--;
            if (fault is not null) return inner;
            if (Now.Kind is not TokenKind.Close) return Fail(Now, "and, or, or a closing )", Advice(Now));
            at++;
            return inner;
        }
        if (first.Is("not"))
        {
            at++;
            depth++;
            var inner = ReadOne();
            depth--;
            return new When.Not(inner);
        }
        if (first.Is("has"))
        {
            at++;
            return ReadField() is { } field ? WhenTests.Has(field) : When.Everything;
        }
        return ReadTest();
    }

    private When ReadTest()
    {
        var start = Now;
        if (ReadField() is not { } field) return When.Everything;
        var operation = Now;
        var word = operation.Is("in") ? "in" : operation.Text;
        if (word is not "in" && operation.Kind is not TokenKind.Operator) return Fail(operation, Operators, Advice(operation));
        at++;
        var values = new List<Token>();
        if (word is "in" ? !ReadList(values) : !ReadValue(values)) return When.Everything;
        var outcome = tests.Of(start, field, operation, word, values);
        fault = outcome.Fault;
        return outcome.When ?? When.Everything;
    }

    private bool ReadList(List<Token> values)
    {
        if (Now.Kind is not TokenKind.OpenList) return Refuse(Now, "a list in brackets, as in [a, b]");
        do
        {
            at++;
            if (!ReadValue(values)) return false;
        }
        while (Now.Kind is TokenKind.Comma);
        if (Now.Kind is not TokenKind.CloseList) return Refuse(Now, "a comma or a closing ]");
        at++;
        return true;
    }

    private bool ReadValue(List<Token> values)
    {
        var value = Now;
        if (value.IsKeyword) return Refuse(value, "a value", $"Write '{value.Text}' in quotes if that word is meant.");
        if (value.Kind is not (TokenKind.Word or TokenKind.Quoted))
        {
            return Refuse(value, "a value", value.Kind is TokenKind.OpenList ? "A list follows in, as in: region in [a, b]."
                : Advice(value));
        }
        values.Add(value);
        at++;
        return true;
    }

    private Field? ReadField()
    {
        var token = Now;
        if (token.Kind is not TokenKind.Word || token.IsKeyword)
        {
            Fail(token, "a field, not or (", Advice(token));
            return null;
        }
        at++;
        foreach (var (prefix, kind) in WhenTests.Tables)
        {
            if (!token.Text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) continue;
            if (token.Text.Length > prefix.Length) return new(kind, token.Text[prefix.Length..]);
            var name = Now;
            if (name.Kind is not TokenKind.Quoted || name.At != token.At + token.Length || name.Text.Length is 0)
            {
                Fail(name with { At = token.At, Length = token.Length }, $"a name after {prefix}",
                    $"As in {prefix}team or {prefix}\"two words\".", token.Shown);
                return null;
            }
            at++;
            return new(kind, name.Text);
        }
        if (WhenTests.Named(token.Text) is { } field) return field;
        Fail(token, $"a field ({string.Join(", ", WhenTests.FieldNames)}, tag.NAME or fact.NAME)",
            Nearest.Hint(token.Text, WhenTests.FieldNames) ?? "A test is a field, an operator and a value: source = rds.");
        return null;
    }

    /// <summary>What to write instead of things that other languages have.</summary>
    private static string? Advice(Token token) => token.Kind is TokenKind.End or TokenKind.Unclosed ? null : token.Text switch
    {
        "==" => "Equality is a single =.",
        "&&" or "&" => "Write and.",
        "||" or "|" => "Write or.",
        "!" => "Write not.",
        "<>" => "Write !=.",
        "=>" => "Write >=.",
        "=<" => "Write <=.",
        _ when token.Kind is TokenKind.Word => "A text of several words goes in quotes.",
        _ => null,
    };

    private bool Refuse(Token found, string expected, string? help = null)
    {
        Fail(found, expected, help);
        return false;
    }

    private When Fail(Token found, string expected, string? help = null, string? shown = null)
    {
        fault ??= new(found.At, found.Length, Sentence.Of(expected, shown ?? found.Shown, help));
        return When.Everything;
    }
}
