namespace Signalbox.Cloud.Tests;

/// <summary>What the stand-in for AWS refuses: signatures, requests, and what it was told to.</summary>
public sealed class WhoIsLetIn : IDisposable
{
    private const string Who = "Action=GetCallerIdentity&Version=2011-06-15";
    private const string Trust = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:root"},"Action":"sts:AssumeRole"}]}""";
    private readonly AwsStandin aws = new();
    private readonly AwsHand hand;

    public WhoIsLetIn() => hand = new(aws);

    public void Dispose()
    {
        hand.Dispose();
        aws.Dispose();
    }

    [Fact]
    public async Task Keys_that_nobody_has_are_refused_in_the_words_of_each_protocol()
    {
        hand.Keys = ("AKIANOBODY", "xyz", null);
        var (status, xml) = await hand.Form("sts", Who);
        Assert.Equal(403, status);
        Assert.Contains("<Code>InvalidClientTokenId</Code><Message>The security token included in the request is invalid.</Message>", xml, StringComparison.Ordinal);
        var json = await hand.Json("logs", "Logs_20140328.DescribeLogGroups", new { });
        Assert.Equal((400, "UnrecognizedClientException"), (json.Status, json.Body!["__type"]!.GetValue<string>()));
        Assert.Equal((403, "The security token included in the request is invalid."), (await hand.Lambda(HttpMethod.Get, "/2015-03-31/functions/")) is var (code, body) ? (code, body!["message"]!.GetValue<string>()) : default);
    }

    [Fact]
    public async Task A_wrong_secret_or_a_body_that_was_changed_is_refused()
    {
        hand.Keys = (AwsStandin.AccessKey, "wrong", null);
        Assert.Contains("<Code>SignatureDoesNotMatch</Code>", (await hand.Form("sts", Who)).Body, StringComparison.Ordinal);
        hand.Keys = (AwsStandin.AccessKey, AwsStandin.SecretKey, null);
        Assert.Equal(200, (await hand.Form("sts", Who)).Status);
        hand.Then = request =>
        {
            var type = request.Content!.Headers.ContentType;
            request.Content = new StringContent("""{"logGroupName":"other"}""");
            request.Content.Headers.ContentType = type;
        };
        Assert.Equal("InvalidSignatureException", (await hand.Json("logs", "Logs_20140328.CreateLogGroup", new { logGroupName = "mine" })).Body!["__type"]!.GetValue<string>());
        Assert.Empty(aws.Logs.Groups);
        hand.Then = request => request.Headers.Authorization = null;
        Assert.Equal(403, (await hand.Form("sts", Who)).Status);
    }

    [Fact]
    public async Task A_signature_of_yesterday_or_of_tomorrow_is_refused()
    {
        hand.At = DateTimeOffset.UtcNow.AddMinutes(-6);
        Assert.Contains("Signature expired: ", (await hand.Form("sts", Who)).Body, StringComparison.Ordinal);
        hand.At = DateTimeOffset.UtcNow.AddMinutes(6);
        Assert.Contains("Signature not yet current: ", (await hand.Form("sts", Who)).Body, StringComparison.Ordinal);
        hand.At = DateTimeOffset.UtcNow.AddMinutes(-4);
        Assert.Equal(200, (await hand.Form("sts", Who)).Status);
    }

    [Fact]
    public async Task A_session_does_what_its_role_may_until_it_ends()
    {
        await hand.Form("iam", $"Action=CreateRole&Version=2010-05-08&RoleName=reader&AssumeRolePolicyDocument={Uri.EscapeDataString(Trust)}");
        await hand.Form("iam", "Action=PutRolePolicy&Version=2010-05-08&RoleName=reader&PolicyName=own&PolicyDocument="
            + Uri.EscapeDataString("""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"logs:Describe*","Resource":"*"}]}"""));
        aws.Sts.Devices["arn:aws:iam::123456789012:mfa/ada"] = "123456";
        const string assuming = "Action=AssumeRole&Version=2011-06-15&RoleArn=arn%3Aaws%3Aiam%3A%3A123456789012%3Arole%2Freader&RoleSessionName=ada&SerialNumber=arn%3Aaws%3Aiam%3A%3A123456789012%3Amfa%2Fada&TokenCode=";
        Assert.Contains("invalid MFA one time pass code", (await hand.Form("sts", $"{assuming}654321")).Body, StringComparison.Ordinal);
        var (status, body) = await hand.Form("sts", $"{assuming}123456");
        Assert.Equal(200, status);
        string Inside(string name) => body.Split($"<{name}>")[1].Split('<')[0];

        hand.Keys = (Inside("AccessKeyId"), Inside("SecretAccessKey"), Inside("SessionToken"));
        Assert.Contains("assumed-role/reader/ada", (await hand.Form("sts", Who)).Body, StringComparison.Ordinal);
        Assert.Equal(200, (await hand.Json("logs", "Logs_20140328.DescribeLogGroups", new { })).Status);
        var denied = await hand.Json("logs", "Logs_20140328.CreateLogGroup", new { logGroupName = "mine" });
        Assert.Equal(("AccessDeniedException", "User: arn:aws:sts::123456789012:assumed-role/reader/ada is not authorized to perform: logs:CreateLogGroup on resource: "
            + "arn:aws:logs:eu-west-1:123456789012:log-group:mine:* because no identity-based policy allows the logs:CreateLogGroup action"),
            (denied.Body!["__type"]!.GetValue<string>(), denied.Body["message"]!.GetValue<string>()));
        aws.Clock = () => DateTimeOffset.UtcNow.AddHours(2);
        hand.At = DateTimeOffset.UtcNow.AddHours(2);
        Assert.Contains("<Code>ExpiredToken</Code>", (await hand.Form("sts", Who)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_are_held_to_the_description_that_AWS_gives_of_its_services()
    {
        Assert.SkipUnless(AwsModelFiles.Are, "the descriptions of AWS's services are not there: apt-get install awscli (./test.sh does it)");
        async Task<string> Refused(string target, object input) => (await hand.Json("logs", target, input)).Body?["message"]?.GetValue<string>() ?? "(taken)";
        Assert.Contains("'logGroupName' failed to satisfy constraint: Member must not be null", await Refused("Logs_20140328.CreateLogGroup", new { }), StringComparison.Ordinal);
        Assert.Contains("'retention' is no member", await Refused("Logs_20140328.CreateLogGroup", new { logGroupName = "a", retention = 3 }), StringComparison.Ordinal);
        Assert.Contains("Member must satisfy regular expression pattern", await Refused("Logs_20140328.CreateLogGroup", new { logGroupName = "a b" }), StringComparison.Ordinal);
        Assert.Contains("Member must be a number", await Refused("Logs_20140328.FilterLogEvents", new { logGroupName = "a", startTime = "yesterday" }), StringComparison.Ordinal);
        Assert.Contains("Member must have value less than or equal to 10000", await Refused("Logs_20140328.FilterLogEvents", new { logGroupName = "a", limit = 10_001 }), StringComparison.Ordinal);
        Assert.Contains("Member must satisfy enum value set", await Refused("Logs_20140328.DescribeLogStreams", new { logGroupName = "a", orderBy = "Size" }), StringComparison.Ordinal);
        var odd = await hand.Lambda(HttpMethod.Post, "/2015-03-31/functions/f/policy", new { StatementId = "a b", Action = "lambda:InvokeFunction", Principal = "sns.amazonaws.com" });
        Assert.Contains("'statementId' failed to satisfy constraint", odd.Body!["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calls_fail_are_throttled_denied_or_cut_as_they_were_told_to()
    {
        Task<(int Status, System.Text.Json.Nodes.JsonNode? Body)> Make(string name) => hand.Json("logs", "Logs_20140328.CreateLogGroup", new { logGroupName = name });
        aws.Trouble.Fail(2, new AwsFault(500, "ServiceUnavailableException", "later"));
        Assert.Equal(200, (await Make("a")).Status);
        Assert.Equal((500, "ServiceUnavailableException"), (await Make("b")) is var (status, body) ? (status, body!["__type"]!.GetValue<string>()) : default);

        aws.Trouble.Drop(1, done: false);
        aws.Trouble.Drop(2, done: true);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => Make("c"));
        Assert.DoesNotContain(aws.Logs.Groups.Values, group => group.Name is "b" or "c");
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => Make("c"));
        Assert.Contains(aws.Logs.Groups.Values, group => group.Name is "c");

        aws.Trouble.Throttle("logs", "CreateLogGroup", 1);
        Assert.Equal("ThrottlingException", (await Make("d")).Body!["__type"]!.GetValue<string>());
        Assert.Equal(200, (await Make("d")).Status);
        aws.Trouble.Deny("logs:CreateLogGroup");
        Assert.Equal("AccessDeniedException", (await Make("e")).Body!["__type"]!.GetValue<string>());
        Assert.Equal(["ok", "ServiceUnavailableException", "dropped before", "dropped after", "ThrottlingException", "ok", "AccessDeniedException"], aws.Calls.Select(call => call.Outcome));
    }
}
