using System.Text;

namespace Signalbox.Tests;

/// <summary>Every detail-type that a publisher documents has words of its own, with the severity and status that it means.</summary>
public class DocumentedTypes
{
    [Theory]
    [InlineData("Autoshift In Progress", Severity.Error, Status.Raised)]
    [InlineData("Autoshift Completed", Severity.Info, Status.Cleared)]
    [InlineData("Practice Run Started", Severity.Info, Status.Ongoing)]
    [InlineData("Practice Run Succeeded", Severity.Info, Status.Cleared)]
    [InlineData("Practice Run Interrupted", Severity.Warning, Status.Raised)]
    [InlineData("Practice Run Failed", Severity.Error, Status.Raised)]
    [InlineData("FIS Experiment Autoshift In Progress", Severity.Info, Status.Ongoing)]
    [InlineData("FIS Experiment Autoshift Completed", Severity.Info, Status.Cleared)]
    [InlineData("FIS Experiment Autoshift Canceled", Severity.Info, Status.Cleared)]
    [InlineData("Manual Shift Started", Severity.Warning, Status.Raised)]
    [InlineData("Manual Shift Updated", Severity.Warning, Status.Ongoing)]
    [InlineData("Manual Shift Canceled", Severity.Info, Status.Cleared)]
    public void A_shift_of_traffic(string type, Severity severity, Status status) =>
        Says("aws.arc-zonal-shift", type, """{"metadata":{"awayFrom":"euw1-az2"}}""", severity, status, "euw1-az2");

    [Theory]
    [InlineData("Grant Change", Severity.Info, Status.Stated)]
    [InlineData("License Change", Severity.Info, Status.Stated)]
    [InlineData("License Consumption Change", Severity.Info, Status.Stated)]
    [InlineData("License Token Change", Severity.Info, Status.Stated)]
    public void A_licence(string type, Severity severity, Status status) => Says("aws.license-manager", type, """{"a":1}""", severity, status, "changed");

    [Theory]
    [InlineData("Identity Provider Registered", Severity.Info, Status.Cleared)]
    [InlineData("Identity Provider Registration Failed", Severity.Error, Status.Raised)]
    [InlineData("Identity Provider Deregistered", Severity.Warning, Status.Stated)]
    [InlineData("Identity Provider Deregistration Failed", Severity.Error, Status.Raised)]
    [InlineData("License Server Endpoint Healthy", Severity.Info, Status.Cleared)]
    [InlineData("License Server Endpoint Unhealthy", Severity.Error, Status.Raised)]
    [InlineData("License Server Endpoint Provisioned", Severity.Info, Status.Cleared)]
    [InlineData("License Server Endpoint Provisioning Failed", Severity.Error, Status.Raised)]
    [InlineData("License Server Endpoint Updated", Severity.Info, Status.Stated)]
    [InlineData("License Server Endpoint Update Failed", Severity.Error, Status.Raised)]
    [InlineData("License Server Endpoint Deleted", Severity.Warning, Status.Stated)]
    [InlineData("License Server Endpoint Deletion Failed", Severity.Error, Status.Raised)]
    [InlineData("User Subscribed", Severity.Info, Status.Cleared)]
    [InlineData("User Subscription Failed", Severity.Error, Status.Raised)]
    [InlineData("User Unsubscribed", Severity.Info, Status.Stated)]
    [InlineData("User Unsubscription Failed", Severity.Error, Status.Raised)]
    [InlineData("User Associated", Severity.Info, Status.Cleared)]
    [InlineData("User Association Failed", Severity.Error, Status.Raised)]
    [InlineData("User Disassociated", Severity.Info, Status.Stated)]
    [InlineData("User Disassociation Failed", Severity.Error, Status.Raised)]
    [InlineData("Instance Activated", Severity.Info, Status.Cleared)]
    [InlineData("Instance Activation Failed", Severity.Error, Status.Raised)]
    [InlineData("Instance Terminated", Severity.Warning, Status.Stated)]
    [InlineData("Instance Unhealthy", Severity.Error, Status.Raised)]
    public void A_subscription_of_a_user(string type, Severity severity, Status status) =>
        Says("aws.license-manager-user-subscriptions", type, """{"name":"jane"}""", severity, status, " jane ");

    [Theory]
    [InlineData("us-gov-west-1", "https://us-gov-west-1.console.amazonaws-us-gov.com/")]
    [InlineData("cn-north-1", "https://cn-north-1.console.amazonaws.cn/")]
    [InlineData("eu-west-1", "https://eu-west-1.console.aws.amazon.com/")]
    public void A_link_leads_to_the_console_of_its_partition(string region, string begins) => Assert.All(
        from sample in Repository.Samples
        where sample.Split('/')[0] is "arc" or "dns-firewall" or "incident-manager" or "license-manager" or "service-quotas"
        let moved = Encoding.UTF8.GetString(Repository.Read(sample)).Replace("eu-west-1", region, StringComparison.Ordinal).Replace("us-west-2", region, StringComparison.Ordinal)
        from notice in Pipeline.Read(Pipeline.Decode(Encoding.UTF8.GetBytes(moved))[0]).Notices
        select notice,
        notice => Assert.StartsWith(begins, Assert.Single(notice.Links).Url, StringComparison.Ordinal));

    private static void Says(string publisher, string type, string detail, Severity severity, Status status, string words)
    {
        var json = $$"""{"source":"{{publisher}}","detail-type":"{{type}}","region":"eu-west-1","resources":["thing"],"detail":{{detail}}}""";
        var reading = Pipeline.Read(Pipeline.Decode(Encoding.UTF8.GetBytes(json))[0]);
        var notice = Assert.Single(reading.Notices);
        Assert.Equal((Outcome.Told, severity, status), (reading.Outcome, notice.Severity, notice.Status));
        Assert.Contains(words, notice.Title + " ", StringComparison.Ordinal);
    }
}
