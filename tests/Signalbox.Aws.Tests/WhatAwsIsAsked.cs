using System.Collections.Concurrent;
using Signalbox.Effects;

namespace Signalbox.Aws.Tests;

/// <summary>Questions to AWS, as its APIs would see them.</summary>
public sealed class WhatAwsIsAsked : IDisposable
{
    private const string Secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    private const string Db = "arn:aws:rds:eu-west-1:123456789012:db:payments-db";
    private const string Bucket = "arn:aws:s3:::logs";
    private const string Stack = "arn:aws:cloudformation:eu-west-1:123456789012:stack/payments-api/4f0c7d10";
    private readonly Wire wire = new(new(new Trust(() => "", () => [])));
    private readonly ConcurrentDictionary<string, string> environment = new(new Dictionary<string, string>
    {
        ["AWS_ACCESS_KEY_ID"] = "AKIDEXAMPLE",
        ["AWS_SECRET_ACCESS_KEY"] = Secret,
        ["AWS_SESSION_TOKEN"] = "TOKEN",
        ["AWS_REGION"] = "eu-central-1",
    });

    private DateTimeOffset now = DateTimeOffset.UtcNow;

    public void Dispose() => wire.Dispose();

    private Ask Asking(Standin server) => AwsAnswers.Open(
        new(true, true, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(10)) { Endpoint = server.Address }, wire.Send, () => now, environment.GetValueOrDefault);

    private static async Task<ValueList<Answered>> Answers(Ask ask, params Question[] questions) =>
        (await ask([.. questions], TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken)).All;

    private static string Service(Heard heard) => heard.Headers["authorization"].Split('/')[3];

    /// <summary>The request signed once more, with nothing but what came over the wire.</summary>
    private static void IsSigned(Heard heard, string region)
    {
        var scope = heard.Headers["authorization"].Split("Credential=")[1].Split(',')[0].Split('/');
        Assert.Equal(("AKIDEXAMPLE", region), (scope[0], scope[2]));
        var at = DateTimeOffset.ParseExact(heard.Headers["x-amz-date"], "yyyyMMdd'T'HHmmss'Z'", null, System.Globalization.DateTimeStyles.AssumeUniversal);
        var target = heard.Headers.TryGetValue("x-amz-target", out var name) ? (ValueList<Fact>)[new("x-amz-target", name)] : [];
        var again = SigV4.Sign(
            new(new($"http://{heard.Headers["host"]}/"), System.Text.Encoding.UTF8.GetBytes(heard.Body)) { Type = heard.Headers["content-type"], Headers = target },
            new("AKIDEXAMPLE", Secret, "TOKEN"), region, scope[3], at);
        Assert.Equal(again.Headers.Single(header => header.Name == "Authorization").Value, heard.Headers["authorization"]);
        if (target.Count > 0) Assert.Contains("x-amz-date;x-amz-security-token;x-amz-target", heard.Headers["authorization"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tags_of_resources_are_asked_once_for_each_region_signed_for_it()
    {
        using var server = new Standin(heard => Said.Http(200, heard.Body.Contains("payments-db", StringComparison.Ordinal)
            ? $$"""{"PaginationToken":"","ResourceTagMappingList":[{"ResourceARN":"{{Db}}","Tags":[{"Key":"team","Value":"payments"},{"Key":"env","Value":""}]}]}"""
            : """{"ResourceTagMappingList":[]}"""));
        var other = Db.Replace("payments-db", "other-db", StringComparison.Ordinal);
        var answers = await Answers(Asking(server), new Question.TagsOf(Db), new Question.TagsOf(other), new Question.TagsOf(Bucket));

        Assert.Equal([new("team", "payments"), new("env", "")], answers[0].Tags);
        Assert.Equal((0, 0), (answers[1].Tags.Count, answers[2].Tags.Count));
        Assert.All(answers, answer => Assert.Equal("Resource Groups Tagging API", answer.From));
        var calls = server.AllHeard.OrderBy(heard => heard.Body, StringComparer.Ordinal).ToList();
        Assert.Equal(
            [$"{{\"ResourceARNList\":[\"{Db}\",\"{other}\"]}}", $"{{\"ResourceARNList\":[\"{Bucket}\"]}}"], calls.Select(heard => heard.Body));
        Assert.All(calls, heard => Assert.Equal(("ResourceGroupsTaggingAPI_20170126.GetResources", "application/x-amz-json-1.1", "tagging"),
            (heard.Headers["x-amz-target"], heard.Headers["content-type"], Service(heard))));
        IsSigned(calls[0], "eu-west-1");
        IsSigned(calls[1], "eu-central-1");
    }

    [Fact]
    public async Task A_hundred_resources_are_one_call_and_one_more_is_two()
    {
        using var server = new Standin(_ => Said.Http(200, """{"ResourceTagMappingList":[]}"""));
        Assert.Equal(101, (await Answers(Asking(server), [.. Enumerable.Range(0, 101).Select(number => new Question.TagsOf($"{Db}-{number}"))])).Count);
        Assert.Equal(2, server.AllHeard.Count);
    }

    [Fact]
    public async Task Tags_of_a_stack_are_those_that_CloudFormation_tells()
    {
        using var server = new Standin(_ => Said.Http(200, """
            <DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackName>payments-api</StackName><Tags>
            <member><Key>team</Key><Value>R&amp;D &lt;core&gt;</Value></member><member><Key>empty</Key><Value/></member>
            <member><Key>env</Key><Value>prod</Value></member></Tags></member></Stacks></DescribeStacksResult></DescribeStacksResponse>
            """));
        var answer = Assert.Single(await Answers(Asking(server), new Question.StackTags(Stack)));
        Assert.Equal([new("team", "R&D <core>"), new("empty", ""), new("env", "prod")], answer.Tags);
        Assert.Equal("CloudFormation", answer.From);
        var heard = Assert.Single(server.AllHeard);
        Assert.Equal($"Action=DescribeStacks&Version=2010-05-15&StackName={Uri.EscapeDataString(Stack)}", heard.Body);
        IsSigned(heard, "eu-west-1");
    }

    [Fact]
    public async Task The_name_of_an_account_is_what_Organizations_says()
    {
        using var server = new Standin(_ => Said.Http(200, """{"Account":{"Id":"123456789012","Name":"payments-prod","Status":"ACTIVE"}}"""));
        var answer = Assert.Single(await Answers(Asking(server), new Question.AccountName("123456789012")));
        Assert.Equal(("payments-prod", "Organizations"), (answer.Name, answer.From));
        IsSigned(Assert.Single(server.AllHeard), "us-east-1");
    }

    [Theory]
    [InlineData("123456789012", "payments-alias", "IAM")]
    [InlineData("999999999999", null, "Organizations: answered 400 AccessDeniedException")]
    public async Task Without_Organizations_our_own_account_has_its_alias(string id, string? name, string from)
    {
        using var server = new Standin(heard => Service(heard) switch
        {
            "organizations" => Said.Http(400, """{"__type":"com.amazonaws.organizations#AccessDeniedException","Message":"no"}"""),
            "sts" => Said.Http(200, "<GetCallerIdentityResponse><GetCallerIdentityResult><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>"),
            _ => Said.Http(200, "<ListAccountAliasesResponse><AccountAliases><member>payments-alias</member></AccountAliases></ListAccountAliasesResponse>"),
        });
        var answer = Assert.Single(await Answers(Asking(server), new Question.AccountName(id)));
        Assert.Equal((name, from), (answer.Name, answer.From));
    }

    [Fact]
    public async Task An_answer_is_kept_for_its_lifetime_that_there_is_none_too()
    {
        var calls = 0;
        using var server = new Standin(_ => Interlocked.Increment(ref calls) is 1 ? Said.Http(400, """{"__type":"AccessDeniedException"}""")
            : Said.Http(200, """{"ResourceTagMappingList":[]}"""));
        var ask = Asking(server);
        Assert.Equal("Resource Groups Tagging API: answered 400 AccessDeniedException", (await Answers(ask, new Question.TagsOf(Db)))[0].From);
        var since = now;
        now = now.AddMinutes(9);
        Assert.Equal($"Resource Groups Tagging API: answered 400 AccessDeniedException, kept since {since.UtcDateTime:HH:mm:ss} UTC", (await Answers(ask, new Question.TagsOf(Db)))[0].From);
        now = now.AddMinutes(1);
        Assert.Equal("Resource Groups Tagging API", (await Answers(ask, new Question.TagsOf(Db)))[0].From);
        Assert.Equal(2, calls);
    }

    [Fact]
    public async Task What_may_pass_is_said_and_asked_again()
    {
        var calls = 0;
        using var server = new Standin(_ => Interlocked.Increment(ref calls) is 1 ? Said.Http(400, """{"__type":"ThrottlingException"}""")
            : Said.Http(200, """{"ResourceTagMappingList":[]}"""));
        var ask = Asking(server);
        Assert.Equal("Resource Groups Tagging API: answered 400 ThrottlingException", (await Answers(ask, new Question.TagsOf(Db)))[0].From);
        Assert.Equal("Resource Groups Tagging API", (await Answers(ask, new Question.TagsOf(Db)))[0].From);
    }

    [Fact]
    public async Task One_deadline_holds_for_all_and_what_came_by_then_counts()
    {
        using var server = new Standin(heard => Service(heard) is "tagging" ? Said.Raw("", Ending.Stalls)
            : Said.Http(200, """{"Account":{"Name":"payments-prod"}}"""));
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var answers = (await Asking(server)([new Question.TagsOf(Db), new Question.AccountName("123456789012")], TimeSpan.FromSeconds(1.5),
            TestContext.Current.CancellationToken)).All;
        Assert.InRange(clock.Elapsed.TotalSeconds, 1, 6);
        Assert.Equal("no answer within 1.5 s", answers[0].From.Replace("Resource Groups Tagging API: ", "", StringComparison.Ordinal));
        Assert.Equal("payments-prod", answers[1].Name);
    }

    [Fact]
    public async Task Without_a_way_there_the_reason_is_said()
    {
        using var server = new Standin(_ => Said.Raw("", Ending.Resets));
        Assert.StartsWith("Resource Groups Tagging API: the connection ", (await Answers(Asking(server), new Question.TagsOf(Db)))[0].From, StringComparison.Ordinal);
    }
}
