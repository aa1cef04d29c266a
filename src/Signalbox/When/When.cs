namespace Signalbox;

/// <summary>A condition over a notice: closed, immutable, and judged without allocating.</summary>
/// <remarks>
/// A field may hold several values (tags of one name, owners) or none. A test holds when any value fits; so one that
/// denies (<c>!=</c>, <c>!~</c>) holds when none does, also where the field is not there at all.
/// </remarks>
public abstract record When
{
    private When() { }

    /// <summary>Holds for everything.</summary>
    public static readonly When Everything = new All([]);

    /// <summary>True when the notice is as the condition says.</summary>
    public abstract bool Holds(Notice notice);

    /// <summary>Every "this field is one of these values" that the condition cannot hold without.</summary>
    internal abstract ValueList<Need> Needs { get; }

    /// <summary>True when it asks for a field.</summary>
    internal bool Asks(FieldKind kind) => this switch
    {
        All all => all.Parts.Any(part => part.Asks(kind)),
        Any any => any.Parts.Any(part => part.Asks(kind)),
        Not not => not.Part.Asks(kind),
        Test test => test.Field.Kind == kind,
        _ => false,
    };

    /// <summary>All of them; with none it holds always.</summary>
    internal sealed record All(ValueList<When> Parts) : When
    {
        /// <inheritdoc/>
        public override bool Holds(Notice notice)
        {
            foreach (var part in Parts)
            {
                if (!part.Holds(notice)) return false;
            }
            return true;
        }

        internal override ValueList<Need> Needs => [.. from part in Parts from need in part.Needs select need];
    }

    /// <summary>At least one of them.</summary>
    internal sealed record Any(ValueList<When> Parts) : When
    {
        /// <inheritdoc/>
        public override bool Holds(Notice notice)
        {
            foreach (var part in Parts)
            {
                if (part.Holds(notice)) return true;
            }
            return false;
        }

        internal override ValueList<Need> Needs => Parts.Count is 0 ? [] :
        [
            .. from first in Parts[0].Needs
               let others = Parts.Skip(1).Select(part => part.Needs.Where(need => need.Field == first.Field).ToArray()).ToArray()
               where others.All(needs => needs.Length > 0)
               select new Need(first.Field, [.. first.Values, .. from needs in others from value in needs[0].Values select value]),
        ];
    }

    /// <summary>The opposite.</summary>
    internal sealed record Not(When Part) : When
    {
        /// <inheritdoc/>
        public override bool Holds(Notice notice) => !Part.Holds(notice);

        internal override ValueList<Need> Needs => [];
    }

    /// <summary>The field has a value that fits; any value will do when the fit is null.</summary>
    internal sealed record Test(Field Field, Fit? Fit) : When
    {
        /// <inheritdoc/>
        public override bool Holds(Notice notice)
        {
            switch (Field.Kind)
            {
                case FieldKind.Tag:
                    foreach (var tag in notice.Tags)
                    {
                        if (IsNamed(tag.Key) && Takes(tag.Value)) return true;
                    }
                    return false;
                case FieldKind.Fact:
                    foreach (var fact in notice.Facts)
                    {
                        if (IsNamed(fact.Name) && Takes(fact.Value)) return true;
                    }
                    return false;
                case FieldKind.Owner:
                    foreach (var owner in notice.Owners)
                    {
                        if (Takes(owner)) return true;
                    }
                    return false;
                default:
                    return Field.Of(Field.Kind, notice) is { } value && Takes(value);
            }
        }

        internal override ValueList<Need> Needs => Fit is Fit.OneOf one ? [new(Field, one.Values)] : [];

        private bool IsNamed(string name) => string.Equals(name, Field.Name, StringComparison.OrdinalIgnoreCase);

        private bool Takes(string value) => Fit is null || Fit.Takes(value);
    }

    /// <summary>The severity is one of these: bit 0 for the lowest.</summary>
    internal sealed record Severe(int Bits) : When
    {
        /// <inheritdoc/>
        public override bool Holds(Notice notice) => (Bits >> (int)notice.Severity & 1) is 1;

        internal override ValueList<Need> Needs => [];
    }
}

/// <summary>A field and the values of which it must have one.</summary>
internal readonly record struct Need(Field Field, ValueList<string> Values);
