using System.Globalization;
using System.Security.Cryptography;
using Signalbox.Aws.Cloud;
using Signalbox.Cli.Projects;
using Signalbox.Deploy;

namespace Signalbox.Cli.Examining;

/// <summary>All checks of one function in AWS, one after the other.</summary>
internal sealed record Rounds
{
    /// <summary>AWS refuses what is signed five minutes off.</summary>
    private static readonly TimeSpan MostSkew = TimeSpan.FromMinutes(5), SomeSkew = TimeSpan.FromMinutes(1);

    public required ProjectSpec Project { get; init; }

    public required FunctionSpec Function { get; init; }

    /// <summary>The whole path of the project's folder.</summary>
    public required string Root { get; init; }

    public required string Alias { get; init; }

    /// <summary>The binary of a Signalbox function; null for the usual one.</summary>
    public string? Bootstrap { get; init; }

    public required AwsCloud Cloud { get; init; }

    public required Shell Shell { get; init; }

    public required Sheet Sheet { get; init; }

    public required CancellationToken Stop { get; init; }

    private Examination Examination => new(Cloud, Stop);

    /// <summary>Makes them.</summary>
    /// <param name="send">True to send an event at the end.</param>
    public async Task Go(bool send)
    {
        await Try("clock", Clock);
        var settings = await Loaded();
        var code = await Code();
        var release = CloudInputs.Plain(Project, Function, settings, Cloud, Alias) with { Zip = code };
        await Try("permissions", () => Permissions(release));
        Found? found = null;
        await Try("function", async () =>
        {
            (release, found) = await new Deployment(Cloud, () => default).Read(release, Stop);
            await Health();
            foreach (var finding in Checkup.Of(release, found)) Sheet.Note(finding);
        });
        if (found is not null) await Ways(release, found);
        if (settings is not null)
        {
            var rooms = new Rooms(name => Variable(found, name), Path.GetFullPath(Function.Folder, Root), Shell.Cloud().Send);
            foreach (var room in settings.Rooms) await Try($"room {room.Name}", async () => Sheet.Note(await rooms.Reached(room, Stop)));
        }
        if (!send) return;
        if (found?[PieceKind.Function, Function.DeployedName] is null) Sheet.Note(Finding.Wrong("test event", "there is nothing to send it to", ""));
        else await Try("test event", () => new TestEvent(Cloud, release, Shell.Cloud().Now, Sheet).Send(Stop));
    }

    private async Task Try(string check, Func<Task> look)
    {
        try
        {
            await look();
        }
        catch (CloudException fault)
        {
            Sheet.Note(fault.Code is "AccessDenied" or "AccessDeniedException" or "AuthorizationError" or "AuthorizationErrorException"
                ? Finding.Doubtful(check, "it could not be asked", fault.Message)
                : Finding.Wrong(check, fault.Message, ""));
        }
    }

    private async Task Clock()
    {
        if (await Examination.ClockAhead(Shell.Cloud().Now) is not { } ahead)
        {
            Sheet.Note(Finding.Doubtful("clock", "AWS's answer says no time: it was not compared"));
            return;
        }
        var off = ahead.Duration();
        var side = ahead > TimeSpan.Zero ? "ahead of" : "behind";
        var said = off < TimeSpan.FromSeconds(2) ? "as AWS's" : $"{Quantity.Duration(TimeSpan.FromSeconds(Math.Round(off.TotalSeconds)))} {side} AWS's";
        Sheet.Note(off >= MostSkew ? Finding.Wrong("clock", said, "Set this machine's clock: AWS refuses what is signed five minutes off.")
            : off >= SomeSkew ? Finding.Doubtful("clock", said, "Set this machine's clock.")
            : Finding.Well("clock", said));
    }

    private async Task<Settings?> Loaded()
    {
        var inForce = await SettingsInForce.Find(Function, Root, Cloud, Stop);
        if (inForce.Loaded is not { } loaded) return null;
        var where = SettingsPlace.IsOne(inForce.Shown) ? $"--config {inForce.Shown}" : Path.Combine(Function.Folder, inForce.Shown);
        var check = $"signalbox check {where} shows where.";
        foreach (var problem in loaded.Problems.Concat(loaded.LeftOut)) Sheet.Note(Finding.Wrong("settings", problem.Split('\n')[0], check));
        foreach (var warning in loaded.Warnings) Sheet.Note(Finding.Doubtful("settings", warning));
        if (inForce.Unseen is { } unseen) Sheet.Note(Finding.Doubtful("settings", unseen));
        if (loaded.Settings is { } settings && loaded.LeftOut.Count is 0)
        {
            var rooms = string.Join(", ", settings.Rooms.Select(room => room.Name));
            Sheet.Note(Finding.Well("settings", $"{inForce.Shown}: {Quantity.Count(settings.Rooms.Count, "room")} ({rooms})"));
        }
        return loaded.Settings;
    }

    /// <summary>The code as the files make it; without a hash where a hook would have to run for that, which changes things.</summary>
    private async Task<CodeZip> Code()
    {
        if (Function.Hooks != FunctionHooks.None)
        {
            Sheet.Note(Finding.Doubtful("code", "its hooks build it: whether it is as the files make it was not looked at",
                $"signalbox diff {Function.Name} says."));
            return new("", 0);
        }
        var (zip, fault) = await FunctionZip.Make(Project, Function, Root, Bootstrap, Shell with { Error = TextWriter.Null });
        if (zip is not null) return new(Convert.ToBase64String(SHA256.HashData(zip)), zip.Length);
        Sheet.Note(Finding.Doubtful("code", fault is { Length: > 0 } ? fault : "its zip cannot be made", "So it was not compared with what is deployed."));
        return new("", 0);
    }

    private async Task Permissions(Release release)
    {
        if (Signalbox.Arn.Read(Cloud.Caller)?.Resource is "root")
        {
            Sheet.Note(Finding.Doubtful("permissions", "these are the keys of the account's root user, who may do everything",
                "Deploy with a role that may do less."));
            return;
        }
        ValueList<DeployRight> refused;
        try
        {
            refused = await Examination.Refused(DeployRight.Of(release));
        }
        catch (CloudException fault)
        {
            Sheet.Note(Finding.Doubtful("permissions", "what deploy may do could not be asked", fault.Message));
            return;
        }
        if (refused.Count is 0) Sheet.Note(Finding.Well("permissions", $"all {DeployRight.Of(release).Count} that deploy needs"));
        foreach (var some in refused.GroupBy(right => right.Resource))
        {
            var actions = string.Join(", ", some.Select(right => right.Action));
            Sheet.Note(Finding.Wrong("permissions", $"not allowed: {actions}", $"Allow that on {some.Key} to whoever deploys."));
        }
    }

    private async Task Health()
    {
        if (await Examination.Health(Function.DeployedName) is not { } health) return;
        var updated = health.Updated is { } at ? string.Create(CultureInfo.InvariantCulture, $", last changed {at.UtcDateTime:yyyy-MM-dd HH:mm} UTC") : "";
        var isWell = health is { State: "Active", Update: "Successful" };
        Sheet.Note(isWell ? Finding.Well("state", $"Active{updated}")
            : health.Update.StartsWith("InProgress", StringComparison.Ordinal) || health.State.StartsWith("Pending", StringComparison.Ordinal)
                || health.State.StartsWith("Inactive", StringComparison.Ordinal)
                ? Finding.Doubtful("state", $"{health.State}, last change {health.Update}{updated}",
                    "Look again in a minute; an idle function wakes at its next call.")
                : Finding.Wrong("state", $"{health.State}, last change {health.Update}{updated}", $"Run signalbox deploy {Function.Name}."));
    }

    /// <summary>Topics and queues themselves, besides how they are tied to the function.</summary>
    private async Task Ways(Release release, Found found)
    {
        foreach (var topic in Function.Topics.Select(release.Site.Topic).Distinct())
        {
            await Try("topic", async () =>
            {
                if (!await Examination.HasTopic(topic))
                {
                    var make = $"aws sns create-topic --name {Signalbox.Arn.Read(topic)?.Name}, or mend topics.";
                    Sheet.Note(Finding.Wrong("topic", $"{topic} is not there", make));
                    return;
                }
                Sheet.Note(Finding.Well("topic", topic));
                var deploy = $"Run signalbox deploy {Function.Name}.";
                if ((await Examination.Unconfirmed(topic)).Contains(release.Entrance))
                    Sheet.Note(Finding.Wrong("subscription", $"that of {release.Entrance} to {topic} waits to be confirmed", deploy));
                var arn = found[PieceKind.Subscription, $"{topic} {release.Entrance}"]?.At ?? "";
                if (arn.Length > 0 && await Examination.FilterOf(topic, arn) is { Length: > 0 } filter)
                    Sheet.Note(Finding.Doubtful("filter", $"only what fits {filter} comes through {topic}", "It was set by hand: other events do not come."));
            });
        }
        foreach (var queue in Function.Queues.Select(release.Site.Queue))
        {
            await Try("queue", async () => Sheet.Note(await Examination.Depth(queue) switch
            {
                null => Finding.Wrong("queue", $"{queue} is not there", $"Run signalbox deploy {Function.Name}, or mend queues."),
                { Waiting: > 0 } depth => Finding.Doubtful("queue", $"{Quantity.Count(depth.Waiting, "message")} wait in {Signalbox.Arn.Read(queue)?.Name}",
                    "signalbox logs says what the function does with them."),
                _ => Finding.Well("queue", $"nothing waits in {Signalbox.Arn.Read(queue)?.Name}"),
            }));
        }
        foreach (var queue in release.OwnQueues.Except(Function.Queues))
        {
            await Try("dead letters", async () =>
            {
                // That it is not there was said before.
                if (await Examination.Depth(release.Site.Queue(queue)) is not { } depth) return;
                Sheet.Note(depth is { Waiting: 0, Taken: 0 } ? Finding.Well("dead letters", $"none in {queue}")
                    : Finding.Wrong("dead letters", $"{Quantity.Count(depth.Waiting + depth.Taken, "event")} in {queue} failed for good",
                        "signalbox logs says why; then send them again: aws sqs start-message-move-task."));
            });
        }
    }

    /// <summary>A variable as the function has it: as deployed, else as its files say.</summary>
    private string? Variable(Found? found, string name)
    {
        var deployed = found?[PieceKind.Function, Function.DeployedName]?["environment"] is { Length: > 0 } text
            ? Json.Parse(System.Text.Encoding.UTF8.GetBytes(text)).Value[System.Text.Encoding.UTF8.GetBytes(name)].Text
            : Function.Environment.Where(fact => fact.Name == name).Select(fact => (string?)fact.Value).FirstOrDefault();
        return deployed is { Length: > 0 } ? deployed : null;
    }
}
