namespace Signalbox.Deploy.Tests;

public sealed class WhereAFunctionIsCalledThrough
{
    [Theory]
    [InlineData(null)]
    [InlineData(null, "arn:aws:sqs:eu-west-1:123456789012:others")]
    [InlineData("events", "arn:aws:sqs:eu-west-1:123456789012:others", "events", "more")]
    public void Topics_and_rules_call_it_through_the_first_queue_of_its_own(string? through, params string[] queues) =>
        Assert.Equal(through, new FunctionSpec { Name = "signalbox", DeployedName = "ops_signalbox", Folder = ".", Queues = [.. queues] }.OwnQueue);
}
