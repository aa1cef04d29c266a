using Spectre.Console;
using Spectre.Console.Rendering;

namespace Signalbox.Cli.Projects;

/// <summary>A line that comes to stand above bars: what is left of them on its place is wiped away first.</summary>
internal sealed class AboveBars(string line) : Renderable
{
    /// <summary>Erases from the cursor to the end of the screen (ECMA-48, ED).</summary>
    private const string Erase = "\u001b[J";

    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth) =>
        [Segment.Control(Erase), .. ((IRenderable)new Text(line + "\n")).Render(options, maxWidth)];
}
