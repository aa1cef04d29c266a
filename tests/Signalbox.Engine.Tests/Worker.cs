namespace Signalbox.EngineTests;

/// <summary>The process that the kill tests kill.</summary>
internal static class Worker
{
    public const string Verb = "work-until-killed";

    public static Task<int> Run(string[] args) => Task.FromResult(args.Length);
}
