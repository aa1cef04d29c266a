using System.Globalization;

namespace Signalbox.Deploy;

/// <summary>Checks of single fields that say more than "this is none".</summary>
internal static class FieldChecks
{
    /// <summary>Shorter values of the environment are no secrets, and starring them out would hide half of each line.</summary>
    public const int ShortestSecret = 6;

    /// <summary>What may stand in the environment together, names and values, in bytes.</summary>
    public const int MostEnvironment = 4096;

    private static readonly ValueList<int> Days =
        [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

    private static readonly ValueList<string> Runtimes =
    [
        "provided.al2023", "provided.al2", "nodejs24.x", "nodejs22.x", "nodejs20.x", "python3.14", "python3.13", "python3.12", "python3.11", "python3.10",
        "dotnet10", "dotnet8", "java25", "java21", "java17", "java11", "java8.al2", "ruby3.4", "ruby3.3", "ruby3.2",
    ];

    private static readonly ValueList<(string Start, string Now)> Ended =
    [
        ("nodejs", "nodejs22.x"), ("python", "python3.13"), ("java", "java21"), ("go", "provided.al2023 with a binary called bootstrap"),
        ("rust", "provided.al2023 with a binary called bootstrap"), ("clojure", "java21"), ("dotnet", "dotnet8"), ("ruby", "ruby3.4"), ("provided",
            "provided.al2023"),
    ];

    /// <summary>What Lambda keeps to itself: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html.</summary>
    private static readonly ValueList<string> Reserved =
    [
        "_HANDLER", "_X_AMZN_TRACE_ID", "AWS_DEFAULT_REGION", "AWS_REGION", "AWS_EXECUTION_ENV", "AWS_LAMBDA_FUNCTION_NAME",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "AWS_LAMBDA_FUNCTION_VERSION", "AWS_LAMBDA_INITIALIZATION_TYPE", "AWS_LAMBDA_LOG_GROUP_NAME",
        "AWS_LAMBDA_LOG_STREAM_NAME", "AWS_ACCESS_KEY", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_LAMBDA_RUNTIME_API",
        "LAMBDA_TASK_ROOT", "LAMBDA_RUNTIME_DIR",
    ];

    /// <summary>Days that CloudWatch Logs knows.</summary>
    public static readonly Shape Retention = new(
        "a number of days that CloudWatch Logs knows",
        (found, findings) =>
        {
            if (DaysOf(found) is { } days && Days.Contains(days)) return;
            var near = DaysOf(found) is { } some ? $" The nearest is {Days.MinBy(known => Math.Abs((long)known - some))}." : "";
            findings.Expected("a number of days that CloudWatch Logs knows, or forever", found, $"It knows {string.Join(", ", Days)}.{near}");
        },
        json =>
        {
            json.WriteStartArray("enum");
            foreach (var days in Days) json.WriteNumberValue(days);
            json.WriteEndArray();
        });

    /// <summary>A time of EventBridge.</summary>
    public static readonly Shape Time = new(
        "a time, as in rate(5 minutes) or cron(0 10 ? * MON-FRI *)",
        (found, findings) =>
        {
            if (found.Word is not { } text) findings.Expected("a time, as in rate(5 minutes)", found);
            else if (Times.Fault(text) is { } help) findings.Expected("a time of EventBridge", found, help);
        },
        json =>
        {
            FieldShapes.Text(json);
            json.WriteString("pattern", "^(rate|cron)\\(.+\\)$");
        });

    /// <summary>A version of a layer: its name alone says no version, and Lambda refuses it.</summary>
    public static readonly Shape Layer = Shapes.Scalar(
        "the ARN of a version of a layer",
        text => FieldShapes.IsArn(text, "lambda", "layer:") && text.Split(':') is { Length: 8 } parts && parts[7].Length > 0 && parts[7].All(char.IsAsciiDigit),
        FieldShapes.Text,
        "As in: arn:aws:lambda:eu-west-1:123456789012:layer:NAME:1");

    /// <summary>Who may call an address.</summary>
    public static readonly Shape Url = Shapes.Word(["none", "iam", "true", "false"]) with
    {
        Schema = json =>
        {
            json.WriteStartArray("enum");
            foreach (var word in (string[])["none", "iam"]) json.WriteStringValue(word);
            foreach (var flag in (bool[])[true, false]) json.WriteBooleanValue(flag);
            json.WriteEndArray();
        },
    };

    /// <summary>Environment variables.</summary>
    public static readonly Shape Environment = Shapes.Named(
        "a map from names of variables to texts", VariableName,
        new("a text", Variable, json => { }));

    /// <summary>Tags.</summary>
    public static readonly Shape Tags = Shapes.Named(
        "a map from names of tags to texts",
        (name, findings) =>
        {
            if (TagFault(name.Text) is { } fault) findings.Expected("the name of a tag", name, fault);
        },
        Shapes.Scalar("a text of at most 256 characters", text => text.Length <= 256, FieldShapes.Text));

    /// <summary>The name of an environment is part of the names of files.</summary>
    public static readonly Shape EnvironmentName = FieldShapes.Named("the name of an environment: letters, digits, _ and -", 32, "_-");

    /// <summary>What is wrong with the name of a variable, as help; null for nothing.</summary>
    public static string? VariableFault(string name) =>
        Reserved.Contains(name) ? $"Lambda keeps {name} to itself, and sets it."
        : name.Length >= 2 && char.IsAsciiLetter(name[0]) && FieldShapes.IsNamed(name, 1024, "_") ? null
        : "It begins with a letter; letters, digits and _ follow, at least one.";

    /// <summary>A runtime: one that nobody knows may be newer than this program, one that ended is refused by Lambda.</summary>
    public static void Runtime(Tree found, Findings findings)
    {
        if (found.Word is not { } text)
        {
            findings.Expected("a runtime of Lambda", found);
        }
        else if (!Runtimes.Contains(text))
        {
            var today = Ended.FirstOrDefault(pair => text.StartsWith(pair.Start, StringComparison.Ordinal)).Now;
            var help = today is not null ? $"Today: {today}." : Nearest.Hint(text, Runtimes);
            findings.Says(found, Sentence.Of("a runtime that Lambda has today", found.Shown, help ?? $"They are {string.Join(", ", Runtimes)}."),
                isWarning: true);
        }
    }

    /// <summary>A pattern is an object whose fields name what is wanted.</summary>
    public static void Pattern(Tree found, Findings findings)
    {
        if (found is not Tree.Map || found.Members.Count is 0)
            findings.Expected("an event pattern, a JSON object", found, "As in: { \"source\": [\"aws.rds\"] }.");
        else PatternFields(found, findings);
    }

    /// <summary>A network has subnets and security groups, or neither.</summary>
    public static void Vpc(Tree found, Findings findings)
    {
        var subnets = found["subnets"]?.OneOrMany.Count ?? 0;
        var groups = found["securityGroups"]?.OneOrMany.Count ?? 0;
        if (subnets > 0 != groups > 0)
            findings.Says(found, $"expected subnets and securityGroups in a network, found only {(subnets > 0 ? "subnets" : "securityGroups")}.");
    }

    /// <summary>A template's fields are known; whether they have values shows when it is filled.</summary>
    public static void Template(Tree found, Findings findings)
    {
        if (found is not Tree.Scalar { IsNull: false } scalar) findings.Expected("a text with fields", found);
        else if (NameTemplate.Fill(scalar.Text, _ => "x").Fault is { } fault) findings.Inside(scalar, fault);
    }

    /// <summary>True for what looks like a region: eu-west-1, us-gov-east-1.</summary>
    public static bool IsRegion(string text) =>
        text.Split('-') is { Length: >= 3 } parts && parts[..^1].All(part => part.Length >= 2 && part.All(char.IsAsciiLetterLower))
        && parts[^1].Length is 1 && char.IsAsciiDigit(parts[^1][0]);

    /// <summary>True where a dot stands only before the ending of what is first-in-first-out.</summary>
    public static bool HasDotOnlyInFifo(string text) =>
        !(text.EndsWith(".fifo", StringComparison.Ordinal) ? text[..^5] : text).Contains('.');

    private static int? DaysOf(Tree found) =>
        int.TryParse(found.Word, NumberStyles.None, CultureInfo.InvariantCulture, out var days) ? days : null;

    private static string? TagFault(string name) =>
        name.Length is 0 or > 128 ? "It has 1 to 128 characters."
        : name.StartsWith("aws:", StringComparison.OrdinalIgnoreCase) ? "AWS keeps names that begin with aws: to itself."
        : null;

    private static void VariableName(Tree.Scalar name, Findings findings)
    {
        if (VariableFault(name.Text) is { } fault) findings.Expected("a name for an environment variable", name, fault);
    }

    private static void Variable(Tree found, Findings findings)
    {
        if (found.Word is { Length: >= ShortestSecret } value) findings.Secrets.Add(value);
        if (found is not Tree.Scalar) findings.Expected("a text", found, "What is more than a text goes there as JSON in quotes.");
    }

    private static void PatternFields(Tree found, Findings findings)
    {
        foreach (var member in found.Members)
        {
            if (member.Value is Tree.Map) PatternFields(member.Value, findings);
            else if (member.Value is not Tree.List && member.Name.Text.StartsWith('$') is false)
                findings.Expected("a list of what is wanted, or an object", member.Value, $"As in: \"{member.Name.Text}\": [\"…\"].");
        }
    }
}
