using FsCheck;
using FsCheck.Fluent;

namespace Signalbox.EngineTests;

/// <summary>Kinds of things that happen.</summary>
internal enum Happening
{
    Raised, Worse, Cleared, Late, Sent_again, Sent_again_under_another_id, Stack_goes_on, Stack_fails, Statement, Burst, Acknowledged, Silenced, Silence_ended,
    Chat_is_busy, Chat_is_broken, Chat_stalls, Chat_forgets,
}

/// <summary>One thing that happens.</summary>
/// <param name="What">What it is.</param>
/// <param name="Which">To which of the things, rooms or earlier events, counted round.</param>
/// <param name="After">How many seconds after the one before.</param>
internal sealed record Step(Happening What, int Which, int After);

/// <summary>A run that can be repeated.</summary>
/// <param name="Steps">What happens.</param>
/// <param name="Seed">Decides whose turn it is and who dies when.</param>
/// <param name="Deaths">How many processes die at most.</param>
internal sealed record Scenario(ValueList<Step> Steps, int Seed, int Deaths)
{
    /// <summary>Everything at once, mostly close together; now and then a while passes.</summary>
    public static readonly Arbitrary<Scenario> Any = Arb.From(
        from length in Gen.Choose(4, 40)
        from steps in Steps1.ArrayOf(length)
        from seed in Gen.Choose(0, int.MaxValue - 1)
        from deaths in Gen.Frequency((1, Gen.Constant(0)), (3, Gen.Choose(1, 6)))
        select new Scenario([.. steps], seed, deaths),
        Shorter);

    private static Gen<Step> Steps1 =>
        from what in Gen.Frequency(
            (8, Gen.Constant(Happening.Raised)), (3, Gen.Constant(Happening.Worse)), (6, Gen.Constant(Happening.Cleared)), (2, Gen.Constant(Happening.Late)),
            (2, Gen.Constant(Happening.Sent_again)), (2, Gen.Constant(Happening.Sent_again_under_another_id)), (5, Gen.Constant(Happening.Stack_goes_on)),
            (1, Gen.Constant(Happening.Stack_fails)), (1, Gen.Constant(Happening.Statement)), (1, Gen.Constant(Happening.Burst)),
            (2, Gen.Constant(Happening.Acknowledged)), (1, Gen.Constant(Happening.Silenced)), (1, Gen.Constant(Happening.Silence_ended)),
            (1, Gen.Constant(Happening.Chat_is_busy)), (1, Gen.Constant(Happening.Chat_is_broken)), (1, Gen.Constant(Happening.Chat_stalls)),
            (1, Gen.Constant(Happening.Chat_forgets)))
        from which in Gen.Choose(0, 11)
        from after in Gen.Frequency((5, Gen.Constant(0)), (6, Gen.Choose(0, 4)), (3, Gen.Choose(5, 90)), (1, Gen.Choose(100, 1200)))
        select new Step(what, which, after);

    private static IEnumerable<Scenario> Shorter(Scenario scenario)
    {
        var steps = scenario.Steps;
        for (var length = steps.Count / 2; length > 0; length /= 2)
        {
            for (var from = 0; from + length <= steps.Count; from += length)
                yield return scenario with { Steps = [.. steps.Take(from), .. steps.Skip(from + length)] };
        }
        if (scenario.Deaths > 0) yield return scenario with { Deaths = 0 };
        if (scenario.Deaths > 1) yield return scenario with { Deaths = 1 };
        for (var place = 0; place < steps.Count; place++)
        {
            if (steps[place].After > 0)
                yield return scenario with { Steps = [.. steps.Take(place), steps[place] with { After = 0 }, .. steps.Skip(place + 1)] };
        }
    }

    public override string ToString() =>
        $"seed {Seed}, {Deaths} deaths:\n{string.Join("\n", Steps.Select(step => $"  +{step.After} s {step.What} {step.Which}"))}";
}

/// <summary>An alert that was accepted, once for all its repeats.</summary>
/// <param name="Id">The id of its message.</param>
/// <param name="Team">Whose it is, which decides on the rooms.</param>
/// <param name="Thing">What it is about.</param>
/// <param name="Title">What it says.</param>
/// <param name="IsRaised">False when it is over.</param>
/// <param name="At">When it happened, later than every other that happened before it.</param>
internal sealed record News(string Id, string Team, string Thing, string Title, bool IsRaised, DateTimeOffset At);
