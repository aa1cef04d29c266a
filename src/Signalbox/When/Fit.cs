using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Signalbox;

/// <summary>What a value must be like: closed. Judging a value allocates nothing.</summary>
internal abstract record Fit
{
    private Fit() { }

    /// <summary>True when the value is as asked for.</summary>
    public abstract bool Takes(string value);

    /// <summary>One of these, whatever the case.</summary>
    public sealed record OneOf(ValueList<string> Values) : Fit
    {
        /// <inheritdoc/>
        public override bool Takes(string value)
        {
            foreach (var candidate in Values)
            {
                if (string.Equals(candidate, value, StringComparison.OrdinalIgnoreCase)) return true;
            }
            return false;
        }
    }

    /// <summary>As this pattern, whatever the case: <c>*</c> for any characters, <c>?</c> for one.</summary>
    public sealed record Like(string Pattern) : Fit
    {
        /// <inheritdoc/>
        public override bool Takes(string value) => Glob.Fits(Pattern, value);
    }

    /// <summary>With a place that this regular expression matches.</summary>
    public sealed record Matching(Regex Pattern) : Fit
    {
        /// <inheritdoc/>
        public override bool Takes(string value) => Pattern.IsMatch(value);
    }

    /// <summary>A number on that side of a limit. A value counts by the number it begins with: "4.2 %" is 4.2.</summary>
    public sealed record Beyond(Comparison Comparison, double Limit) : Fit
    {
        private static readonly SearchValues<char> InNumbers = SearchValues.Create("+-.0123456789");

        /// <inheritdoc/>
        public override bool Takes(string value)
        {
            var text = value.AsSpan().TrimStart();
            var length = text.IndexOfAnyExcept(InNumbers);
            return double.TryParse(length < 0 ? text : text[..length], NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                && Comparison.Holds(number.CompareTo(Limit));
        }
    }
}

/// <summary>The four ways to compare by order.</summary>
internal enum Comparison
{
    AtLeast, Above, AtMost, Below,
}

/// <summary>What a comparison says of an order.</summary>
internal static class Comparisons
{
    /// <summary>True when an order as <see cref="IComparable.CompareTo"/> gives it is the one asked for.</summary>
    public static bool Holds(this Comparison comparison, int order) => comparison switch
    {
        Comparison.AtLeast => order >= 0,
        Comparison.Above => order > 0,
        Comparison.AtMost => order <= 0,
        _ => order < 0,
    };
}
