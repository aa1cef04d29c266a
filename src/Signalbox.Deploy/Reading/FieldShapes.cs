using System.Globalization;
using System.Text.Json;

namespace Signalbox.Deploy;

/// <summary>Shapes that the fields of a project's files are made of, besides those of settings.</summary>
internal static class FieldShapes
{
    /// <summary>Any text, the empty one too.</summary>
    public static Shape Words(string type) => Shapes.Scalar(type, _ => true, Text);

    /// <summary>A whole number in a range, both ends in it.</summary>
    public static Shape Whole(int least, int most, string unit) => Shapes.Scalar(
        $"a whole number{unit} from {least} to {most}",
        text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most,
        json =>
        {
            Shapes.Typed(json, "integer");
            json.WriteNumber("minimum", least);
            json.WriteNumber("maximum", most);
        });

    /// <summary>An ARN of one of some kinds of resources.</summary>
    /// <param name="type">What it is: "the ARN of a role".</param>
    /// <param name="starts">How it goes on after the account or the service: <c>iam</c> with <c>role/</c>.</param>
    public static Shape ArnOf(string type, params (string Service, string Resource)[] starts) => Shapes.Scalar(
        type, text => starts.Any(start => IsArn(text, start.Service, start.Resource)),
        json =>
        {
            Text(json);
            json.WriteString("pattern", "^arn:aws[a-z-]*:" + (starts.Length is 1 ? starts[0].Service
                : $"({string.Join('|', starts.Select(start => start.Service))})") + ":");
        },
        $"As in: arn:aws:{starts[0].Service}:{(starts[0].Service is "iam" ? "" : "eu-west-1")}:123456789012:{starts[0].Resource}NAME");

    /// <summary>True for a whole ARN of that service whose resource begins so.</summary>
    public static bool IsArn(string text, string service, string resource) =>
        Arn.Read(text) is { } arn && arn.Service == service && arn.Resource.Length > resource.Length
        && arn.Resource.StartsWith(resource, StringComparison.Ordinal)
        && text.StartsWith("arn:aws", StringComparison.Ordinal) && !text.Any(char.IsWhiteSpace)
        && (service is "s3" || arn.Account is { Length: 12 } account && account.All(char.IsAsciiDigit));

    /// <summary>A text of some characters, at most so many.</summary>
    public static Shape Named(string type, int most, string extra, string? help = null) => Shapes.Scalar(
        type, text => IsNamed(text, most, extra),
        json =>
        {
            Text(json);
            json.WriteString("pattern", $"^[A-Za-z0-9{extra.Replace("-", "\\-", StringComparison.Ordinal)}]{{1,{most}}}$");
        },
        help);

    /// <summary>True for letters, digits and the extra ones, at least one, at most so many.</summary>
    public static bool IsNamed(string text, int most, string extra) =>
        text.Length >= 1 && text.Length <= most && text.All(unit => char.IsAsciiLetterOrDigit(unit) || extra.Contains(unit));

    /// <summary>A shape that also warns of what it means today.</summary>
    public static Shape Warned(Shape shape, Func<string, string?> warning) => shape with
    {
        Check = (found, findings) =>
        {
            shape.Check(found, findings);
            if (found.Word is { } text && warning(text) is { } says) findings.Says(found, says, isWarning: true);
        },
    };

    /// <summary>A map; which one is the second shape's business.</summary>
    public static Shape TextOr(string type, Shape text, Shape map) => Shapes.Either(type, found => found is Tree.Scalar, text, map);

    /// <summary>Any JSON whatever.</summary>
    public static Shape Anything(string type) => new(type, (_, _) => { }, _ => { });

    /// <summary>Writes the schema of a text.</summary>
    public static void Text(Utf8JsonWriter json) => Shapes.Typed(json, "string");
}
