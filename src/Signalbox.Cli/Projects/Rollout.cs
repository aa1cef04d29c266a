using System.Diagnostics;
using System.Security.Cryptography;
using Signalbox.Aws.Cloud;
using Signalbox.Deploy;
using Change = Signalbox.Deploy.Change;

namespace Signalbox.Cli.Projects;

/// <summary>Brings functions of a project to AWS, or says what that would do.</summary>
internal sealed record Rollout
{
    public required ProjectSpec Project { get; init; }

    /// <summary>The whole path of the project's folder.</summary>
    public required string Root { get; init; }

    public required AwsCloud Cloud { get; init; }

    public required Shell Shell { get; init; }

    public required StepReport Report { get; init; }

    /// <summary>The alias that is moved.</summary>
    public required string Alias { get; init; }

    /// <summary>The binary of a Signalbox function; null for the usual one.</summary>
    public string? Bootstrap { get; init; }

    /// <summary>What each line of a plan begins with, by what is done, when nothing is to be done but said; null to do it.</summary>
    public Func<Doing, string>? Only { get; init; }

    /// <summary>Does so for a function; what goes wrong is said.</summary>
    /// <returns>True when all went well.</returns>
    public async Task<bool> Of(FunctionSpec function, CancellationToken stop)
    {
        try
        {
            var (zip, fault) = await FunctionZip.Make(Project, function, Root, Bootstrap, Shell);
            if (zip is null)
            {
                if (fault is { Length: > 0 }) Report.Complain(fault);
                return false;
            }
            var code = new CodeZip(Convert.ToBase64String(SHA256.HashData(zip)), zip.Length);
            var deployment = new Deployment(Cloud, () => zip);
            var settings = await SettingsInForce.Find(function, Root, Cloud, stop);
            if (settings.Loaded is { Settings: null, Problems: var problems })
            {
                Report.Complain($"{function.Name}: {string.Join('\n', problems)}\nNothing was changed.");
                return false;
            }
            if (settings.Unseen is { } unseen) Report.Say(function.Name, unseen);
            var (release, found) = await deployment.Read(
                CloudInputs.Plain(Project, function, settings.Loaded?.Settings, Cloud, Alias) with { Zip = code }, stop);
            return await Plan.Deploy(release, found).Match(
                steps => Taken(function, deployment, release, steps.Changes, stop),
                refused => Task.FromResult(Refused(function, refused.Why)));
        }
        catch (CloudException fault)
        {
            Report.Complain($"{function.Name}: {fault.Message} Nothing was changed.");
            return false;
        }
    }

    /// <summary>Takes steps, and says what was done when one fails or a person stops it.</summary>
    public async Task<bool> Take(
        string function, Deployment deployment, Release release, ValueList<Change> changes, string again, CancellationToken stop)
    {
        var (done, last) = (0, changes[0]);
        Report.Begin(function, changes.Count);
        try
        {
            await deployment.Take(
                release, changes,
                change =>
                {
                    stop.ThrowIfCancellationRequested();
                    Report.Doing(function, last = change);
                },
                change =>
                {
                    done++;
                    Report.Done(function, change);
                },
                stop);
            return true;
        }
        catch (Exception fault) when (fault is CloudException or OperationCanceledException)
        {
            var why = fault is CloudException ? fault.Message : "It was stopped.";
            Report.Failed(function, last, why);
            Report.Complain($"{function}: {done} of {Quantity.Count(changes.Count, "step")} are done; this one is not: {last.Words}. {why} {again}");
            return false;
        }
    }

    private async Task<bool> Taken(FunctionSpec function, Deployment deployment, Release release, ValueList<Change> changes, CancellationToken stop)
    {
        if (Only is not null)
        {
            foreach (var change in changes) Report.Would(function.Name, change, Only(change.Doing));
        }
        if (changes.Count is 0) Report.Say(function.Name, "is as it is wanted");
        if (Only is not null || changes.Count is 0) return true;
        if (changes.Any(change => change.Kind is PieceKind.Function or PieceKind.Code)
            && await Hooks.Run("deploy", function.Hooks.Deploy, Project, function, Root, Shell) is { } fault)
        {
            Report.Complain($"{fault} Nothing was changed.");
            return false;
        }
        var began = Stopwatch.GetTimestamp();
        if (!await Take(function.Name, deployment, release, changes, "Run it again to go on: what is done is found and left alone.", stop)) return false;
        Report.Say(function.Name, $"{Quantity.Count(changes.Count, "step")} in {Quantity.Of(Stopwatch.GetElapsedTime(began).TotalSeconds, "s")}");
        if (function.Url is not null && await DeployedFunction.Address(Cloud, function.DeployedName, release.Roads, stop) is { } address)
            Report.Say(function.Name, $"its address is {address}");
        return true;
    }

    private bool Refused(FunctionSpec function, ValueList<string> why)
    {
        foreach (var one in why) Report.Complain($"{function.Name}: {one}. Nothing was changed.");
        return false;
    }
}
