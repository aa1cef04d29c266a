using Signalbox.Aws.Cloud;
using Signalbox.Deploy;

namespace Signalbox.CloudTests;

/// <summary>The process ends at every call that there is, before it is done and after; the next deployment finishes what it began.</summary>
public sealed class CutShort
{
    private static readonly FunctionSpec Before = Town.Full;

    /// <summary>About everything differs: a topic, queue and rule that go, others that come, code, configuration and rights.</summary>
    private static readonly FunctionSpec After = Town.Full with
    {
        Memory = 256,
        Topics = ["alarms"],
        Queues = ["news"],
        Rules = [new("builds", """{"source":["ci"]}""", "default")],
        Schedules = [],
        Url = null,
        ReservedConcurrency = null,
        RetainedVersions = 0,
    };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task A_first_deployment_that_is_cut_short_is_finished_by_the_next(bool done) =>
        Everywhere(done, town => Task.CompletedTask, town => town.Deploy(Before));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task A_change_of_everything_that_is_cut_short_is_finished_by_the_next(bool done) =>
        Everywhere(done, town => town.Deploy(Before), town => town.Deploy(After, version: 2));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task A_deletion_that_is_cut_short_is_finished_by_the_next(bool done) =>
        Everywhere(done, town => town.Deploy(Before), town => town.Delete(Before, data: true));

    [Fact]
    public async Task An_answer_that_is_lost_on_the_way_is_asked_for_again_without_doubles()
    {
        var (calls, undisturbed) = await Undisturbed(_ => Task.CompletedTask, town => town.Deploy(Before));
        for (var call = 1; call <= calls; call++)
        {
            using var town = Fresh();
            town.Aws.Trouble.Drop(call, done: true);
            await town.Deploy(Before);
            Assert.True(undisturbed == town.State(), $"after call {call}, whose answer was lost:\n{town.State()}\ninstead of\n{undisturbed}");
        }
    }

    private static async Task Everywhere(bool done, Func<Town, Task> prepare, Func<Town, Task> act)
    {
        var (calls, undisturbed) = await Undisturbed(prepare, act);
        Assert.InRange(calls, 20, 200);
        for (var call = 1; call <= calls; call++)
        {
            using var town = Fresh();
            await prepare(town);
            town.CutAfter(call, done);
            await Assert.ThrowsAsync<CloudException>(() => act(town));
            town.CutAfter(null);
            await act(town);
            Assert.True(undisturbed == town.State(), $"after call {call}:\n{town.State()}\ninstead of\n{undisturbed}");
        }
    }

    private static async Task<(int Calls, string State)> Undisturbed(Func<Town, Task> prepare, Func<Town, Task> act)
    {
        using var town = Fresh();
        await prepare(town);
        town.CutAfter(null);
        await act(town);
        return (town.Calls, town.State());
    }

    private static Town Fresh()
    {
        var town = new Town();
        town.Topic("alarms");
        return town;
    }
}
