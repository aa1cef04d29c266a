namespace Signalbox;

/// <summary>Problems that more than one reader finds.</summary>
public static class Problems
{
    /// <summary>A name that stands twice in one map.</summary>
    /// <param name="again">The second time.</param>
    /// <param name="before">The members so far.</param>
    public static Problem Twice(Tree.Scalar again, IEnumerable<TreeMember> before) =>
        new(again.At, $"expected each name once, found \"{again.Text}\" a second time. "
            + $"It stands in line {before.First(member => member.Name.Text == again.Text).Name.At.Line} already.")
        { Length = again.Text.Length };
}
