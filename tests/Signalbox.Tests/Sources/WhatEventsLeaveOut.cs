using System.Text;

namespace Signalbox.Tests;

/// <summary>Publishers leave out what they usually say, and say it elsewhere: the same words come out, from the next best place.</summary>
public class WhatEventsLeaveOut
{
    [Theory]
    [InlineData("""{"job":"nightly copy","success":true}""", Severity.Info, Status.Cleared)]
    [InlineData("""{"job":"nightly copy","ok":false}""", Severity.Error, Status.Raised)]
    [InlineData("""{"job":"nightly copy","failed":false}""", Severity.Info, Status.Cleared)]
    [InlineData("""{"job":"nightly copy","timedOut":true}""", Severity.Error, Status.Raised)]
    [InlineData("""{"job":"nightly copy","check":{"passed":false}}""", Severity.Error, Status.Raised)]
    [InlineData("""{"job":"nightly copy","steps":{"one":{"success":false}}}""", Severity.Info, Status.Stated)]
    [InlineData("""{"job":"nightly copy","success":"perhaps"}""", Severity.Info, Status.Stated)]
    public void A_yes_or_no_near_the_top_says_how_an_unknown_event_ended(string body, Severity severity, Status status) =>
        Assert.Equal((severity, status), (Told(body).Severity, Told(body).Status));

    [Fact]
    public void An_unknown_event_without_words_is_told_by_its_thing_and_its_state() =>
        Assert.Equal("payments stopped", Told("""{"service":"payments","state":"stopped"}""").Title);

    [Fact]
    public void A_long_list_in_an_unknown_event_is_shown_by_its_first_five_and_counted()
    {
        var facts = Told("""{"service":"payments","hosts":["a","b","c","d","e","f","g"],"disks":["x","y","p","q","z"],"_zone--name":"1a"}""").Facts;
        Assert.Equal([new("Hosts", "a, b, c, d, e and 2 more"), new("Disks", "x, y, p, q, z"), new("Zone name", "1a")], facts);
    }

    [Theory]
    [InlineData("""{"message":"Disk is full","awsAccountId":"210987654321","region":"ap-south-1"}""")]
    [InlineData("""{"message":"Disk is full","resource":"arn:aws:ec2:ap-south-1:210987654321:instance/i-1"}""")]
    [InlineData("""
        {"Event Source":"db-instance","Source ARN":"arn:aws:rds:ap-south-1:210987654321:db:orders-db","Event ID":"RDS-EVENT-0049","Event Message":"done"}
        """)]
    [InlineData("""
        {"version":"0","id":"e1","detail-type":"RDS DB Instance Event","source":"aws.rds","account":"123456789012","time":"2026-03-14T02:11:31Z",
         "region":"eu-west-1","resources":[],"detail":{"SourceArn":"arn:aws:rds:ap-south-1:210987654321:db:orders-db","EventID":"RDS-EVENT-0049"}}
        """)]
    [InlineData("""
        {"version":"0","id":"e1","detail-type":"GuardDuty Finding","source":"aws.guardduty","account":"123456789012","time":"2026-03-14T02:11:31Z",
         "region":"eu-west-1","resources":[],"detail":{"id":"f1","title":"Probed","severity":5,"accountId":"210987654321","region":"ap-south-1"}}
        """)]
    public void An_event_is_placed_where_its_thing_is_rather_than_where_it_was_sent_from(string body) =>
        Assert.Equal(("210987654321", "ap-south-1"), (Told(body).Account, Told(body).Region));

    [Fact]
    public void An_event_of_a_database_without_id_and_arn_is_placed_by_its_link()
    {
        var told = Told("""
            {"Event Source":"db-instance","Identifier Link":"https://console.aws.amazon.com/rds/home?region=ap-south-1#dbinstance:id=orders-db",
             "Event ID":"http://docs.amazonwebservices.com/AmazonRDS/latest/UserGuide/USER_Events.html#RDS-EVENT-0049","Event Message":"done"}
            """);
        Assert.Equal(("orders-db", "ap-south-1", "orders-db failed over"), (told.Subject, told.Region, told.Title));
    }

    [Theory]
    [InlineData("StackId='arn:aws:cloudformation:ap-south-1:210987654321:stack/shop/1f0c'\n", "ap-south-1")]
    [InlineData("StackId='shop'\nStackName='shop'\nNamespace='210987654321'\n", "eu-west-1")]
    public void A_stack_without_name_time_or_arn_is_told_all_the_same(string who, string region)
    {
        var told = Told(Sns("AWS CloudFormation Notification",
            who + "LogicalResourceId='shop'\nResourceType='AWS::CloudFormation::Stack'\nResourceStatus='CREATE_COMPLETE'\n"));
        Assert.Equal(("Stack shop was created", "210987654321", region), (told.Title, told.Account, told.Region));
        Assert.Equal(new DateTimeOffset(2026, 3, 14, 2, 11, 32, TimeSpan.Zero), told.At);
    }

    [Theory]
    [InlineData("ALARM", "queue-depth is OK again")]
    [InlineData("INSUFFICIENT_DATA", "queue-depth is OK")]
    public void An_alarm_is_OK_again_only_after_it_was_in_alarm(string before, string title)
    {
        var told = Told($$"""{"AlarmName":"queue-depth","NewStateValue":"OK","OldStateValue":"{{before}}","AlarmDescription":"Too many orders wait."}""");
        Assert.Equal((title, "Too many orders wait.", Status.Cleared), (told.Title, told.Summary, told.Status));
    }

    [Theory]
    [InlineData("3.9", Severity.Info)]
    [InlineData("4.0", Severity.Warning)]
    [InlineData("6.9", Severity.Warning)]
    [InlineData("7.0", Severity.Error)]
    [InlineData("8.9", Severity.Error)]
    [InlineData("9.0", Severity.Critical)]
    public void A_finding_is_as_severe_as_its_number_where_GuardDuty_draws_the_lines(string number, Severity severity) =>
        Assert.Equal(severity, Told($$$"""
            {"version":"0","id":"e1","detail-type":"GuardDuty Finding","source":"aws.guardduty","account":"123456789012","time":"2026-03-14T02:11:31Z",
             "region":"eu-west-1","resources":[],"detail":{"id":"f1","title":"Probed","type":"Recon:EC2/PortProbe","severity":{{{number}}}}}
            """).Severity);

    private static string Sns(string subject, string message) => System.Text.Json.JsonSerializer.Serialize(new
    {
        Type = "Notification",
        MessageId = "m1",
        TopicArn = "arn:aws:sns:eu-west-1:123456789012:ops",
        Subject = subject,
        Timestamp = "2026-03-14T02:11:32.000Z",
        Message = message,
    });

    private static Notice Told(string body) =>
        Assert.Single(Pipeline.Read(Assert.Single(Pipeline.Decode(Encoding.UTF8.GetBytes(body)))).Notices);
}
