namespace Signalbox.Deploy.Tests;

public sealed class PlansOfDeployment
{
    public static TheoryData<PieceKind> MadeByThemselves => [.. Enum.GetValues<PieceKind>().Except(
        [PieceKind.Function, PieceKind.Code, PieceKind.Tags, PieceKind.Version, PieceKind.Alias, PieceKind.OldVersion])];

    [Fact]
    public void A_first_deployment_says_each_thing_that_it_makes() => Assert.Equal(
    [
        "create role ops_alerts: may be assumed by Lambda",
        "give role ops_alerts its rights: Logs, Queues, FailuresToQueue, Store",
        "create log group /aws/lambda/ops_alerts: kept for 30 days",
        "create function ops_alerts: provided.al2023, 128 MB, 9 s",
        "reserve concurrency of function ops_alerts: 5",
        "create queue events-dlq: encrypted, keeps failures for 14 days",
        "create queue events: encrypted, hides a message for 54 s, after 5 tries to events-dlq",
        "create queue ops_alerts-failed: encrypted, keeps failures for 14 days",
        "create table ops in eu-west-1: on demand, with expiry",
        "let arn:aws:sns:eu-west-1:123456789012:cloudformation send to queue events",
        "let arn:aws:sns:us-east-1:999999999999:theirs send to queue events",
        "let arn:aws:events:eu-west-1:123456789012:rule/ops_alerts-health send to queue events",
        "let arn:aws:events:eu-west-1:123456789012:rule/tools/ops_alerts-builds send to queue events",
        "publish a version of function ops_alerts",
        "create alias current: the new one",
        "try asynchronous calls of alias current twice again, then hand them to arn:aws:sqs:eu-west-1:123456789012:ops_alerts-failed",
        "let arn:aws:events:eu-west-1:123456789012:rule/ops_alerts-wake call alias current",
        "let whoever knows its address call alias current by its address",
        "let whoever knows its address call alias current",
        "give alias current an address: open, the function checks signatures",
        """create rule ops_alerts-health: {"source":["aws.health"]}""",
        """create rule ops_alerts-builds: {"source":["ci"]}""",
        "create rule ops_alerts-wake: rate(1 minute)",
        "lead rule ops_alerts-health to arn:aws:sqs:eu-west-1:123456789012:events",
        "lead rule ops_alerts-builds to arn:aws:sqs:eu-west-1:123456789012:events",
        "lead rule ops_alerts-wake to arn:aws:lambda:eu-west-1:123456789012:function:ops_alerts:current",
        "feed arn:aws:lambda:eu-west-1:123456789012:function:ops_alerts:current from queue events: ten at a time, with partial failures",
        "feed arn:aws:lambda:eu-west-1:123456789012:function:ops_alerts:current from queue others: ten at a time, with partial failures",
        "subscribe queue events to topic arn:aws:sns:eu-west-1:123456789012:cloudformation",
        "subscribe queue events to topic arn:aws:sns:us-east-1:999999999999:theirs",
    ], Ops.Words(Ops.Full, Found.Nothing));

    [Fact]
    public void What_is_as_it_is_wanted_is_left_alone() => Assert.Empty(Ops.Words(Ops.Full, Ops.After(Ops.Release(Ops.Full))));

    [Fact]
    public void Tags_and_rights_that_others_added_are_left_alone()
    {
        var found = Ops.After(Ops.Release(Ops.Full));
        Assert.Empty(Ops.Words(Ops.Full, found with
        {
            Pieces =
            [
                .. found.Pieces.Select(piece => piece with { Traits = [.. piece.Traits, new("tag cost", "42")] }),
            ],
        }));
    }

    [Theory]
    [MemberData(nameof(MadeByThemselves))]
    public void A_thing_that_is_not_there_is_made_and_nothing_else(PieceKind kind)
    {
        var changes = Ops.Plan(Ops.Release(Ops.Full), Ops.After(Ops.Release(Ops.Full)).Without(kind));
        Assert.NotEmpty(changes);
        Assert.All(changes, change => Assert.Equal((kind, Doing.Make), (change.Kind, change.Doing)));
    }

    [Theory]
    [InlineData(PieceKind.Role, "trust", "{}", "change role ops_alerts: may be assumed by Lambda, and by nobody else")]
    [InlineData(PieceKind.LogGroup, "retention", "", "change log group /aws/lambda/ops_alerts: retention none → 30")]
    [InlineData(PieceKind.Concurrency, "reserved", "", "change concurrency of function ops_alerts: reserved none → 5")]
    [InlineData(PieceKind.Tags, "tag team", "dev", "change tags of function ops_alerts: tag team dev → ops")]
    [InlineData(PieceKind.AsyncCalls, "tries again", "0", "change asynchronous calls of alias current: tries again 0 → 2")]
    [InlineData(PieceKind.Url, "auth", "AWS_IAM", "change address of alias current: auth AWS_IAM → NONE")]
    [InlineData(PieceKind.Table, "expiry", "", "change table ops: expiry none → ttl")]
    public void A_thing_that_differs_is_changed_and_nothing_else(PieceKind kind, string trait, string value, string words) =>
        Assert.Equal([words], Ops.Words(Ops.Full, Ops.After(Ops.Release(Ops.Full)).With(kind, piece => piece.With(trait, value))));

    [Fact]
    public void What_a_mapping_is_changed_by_is_its_identifier()
    {
        var changes = Ops.Plan(Ops.Release(Ops.Full), Ops.After(Ops.Release(Ops.Full)).With(PieceKind.Mapping, piece => piece.With("state", "off")));
        Assert.Equal(["its id", "its id"], changes.Select(change => change.Wanted.At));
    }

    [Fact]
    public void Changed_memory_makes_one_change_one_version_and_moves_the_alias() => Assert.Equal(
    [
        "change function ops_alerts: memory 128 → 256", "publish a version of function ops_alerts", "move alias current: version 1 → the new one",
    ], Ops.Words(Ops.Full with { Memory = 256 }, Ops.After(Ops.Release(Ops.Full))));

    [Fact]
    public void Changed_code_says_from_what_to_what_and_how_large() => Assert.Equal(
    [
        "update code of function ops_alerts: sha256 abcdefgh… → ABCDEFGH…, 1.5 MiB", "publish a version of function ops_alerts",
        "move alias current: version 1 → the new one",
    ], from change in Ops.Plan(Ops.Release(Ops.Full) with { Zip = new("ABCDEFGHIJKLMNOP=", 1_572_864) }, Ops.After(Ops.Release(Ops.Full))) select change.Words);

    [Fact]
    public void Values_of_variables_are_never_said()
    {
        var words = Ops.Words(
            Ops.Full with { Environment = [new("TOKEN", "n3w"), new("SIGNALBOX_STORE", "dynamodb://ops"), new("MORE", "m0re")] },
            Ops.After(Ops.Release(Ops.Full with { Environment = [.. Ops.Full.Environment, new("GONE", "g0ne")] })));
        Assert.Contains("change function ops_alerts: environment (−GONE, +MORE, TOKEN)", words);
        Assert.DoesNotContain(words, word => word.Contains("s3cret") || word.Contains("n3w") || word.Contains("m0re") || word.Contains("g0ne"));
    }

    [Fact]
    public void Changed_rights_say_which() => Assert.Equal(
        ["change rights of role ops_alerts: +Key", "change function ops_alerts: key none → arn:aws:kms:eu-west-1:123456789012:key/1",
            "publish a version of function ops_alerts", "move alias current: version 1 → the new one"],
        Ops.Words(Ops.Bare with { KmsKeyArn = "arn:aws:kms:eu-west-1:123456789012:key/1" }, Ops.After(Ops.Release(Ops.Bare))));

    [Fact]
    public void A_topic_taken_out_of_the_file_is_unsubscribed_and_loses_its_right() => Assert.Equal(
        ["unsubscribe events from topic arn:aws:sns:us-east-1:999999999999:theirs", "no longer let arn:aws:sns:us-east-1:999999999999:theirs send to queue events"],
        Ops.Words(Ops.Full with { Topics = ["cloudformation"] }, Ops.After(Ops.Release(Ops.Full))));

    [Fact]
    public void A_rule_taken_out_of_the_file_goes_with_its_target_and_right() => Assert.Equal(
        ["no longer lead rule ops_alerts-builds anywhere", "delete rule ops_alerts-builds",
            "no longer let arn:aws:events:eu-west-1:123456789012:rule/tools/ops_alerts-builds send to queue events"],
        Ops.Words(Ops.Full with { Rules = [Ops.Full.Rules[0]] }, Ops.After(Ops.Release(Ops.Full))));

    [Fact]
    public void A_queue_with_another_name_is_made_and_led_to_before_the_old_one_goes()
    {
        var words = Ops.Words(Ops.Full with { Queues = ["news", Ops.Full.Queues[1]] }, Ops.After(Ops.Release(Ops.Full))).ToList();
        Assert.InRange(words.IndexOf("subscribe queue news to topic arn:aws:sns:eu-west-1:123456789012:cloudformation"),
            words.FindIndex(word => word.StartsWith("create queue news:", StringComparison.Ordinal)),
            words.IndexOf("unsubscribe events from topic arn:aws:sns:eu-west-1:123456789012:cloudformation"));
        Assert.Equal(
            ["delete queue events with what is in it", "delete queue events-dlq with what is in it", "forget queue events as the function's own",
                "forget queue events-dlq as the function's own"],
            words[^4..]);
        Assert.DoesNotContain(words, word => word.StartsWith("no longer let", StringComparison.Ordinal));
    }

    [Fact]
    public void The_table_and_the_log_stay_when_the_file_no_longer_needs_them() => Assert.DoesNotContain(
        Ops.Plan(Ops.Release(Ops.Bare), Ops.After(Ops.Release(Ops.Full))), change => change.Kind is PieceKind.Table or PieceKind.LogGroup);

    [Fact]
    public void With_a_role_of_others_its_own_goes_after_the_function_has_the_other() => Assert.Equal(
        ["change function ops_alerts: role arn:aws:iam::123456789012:role/ops_alerts → arn:aws:iam::123456789012:role/theirs",
            "publish a version of function ops_alerts", "move alias current: version 1 → the new one", "take its rights from role ops_alerts",
            "delete role ops_alerts"],
        Ops.Words(Ops.Bare with { Role = "arn:aws:iam::123456789012:role/theirs" }, Ops.After(Ops.Release(Ops.Bare))));

    [Fact]
    public void What_others_made_stands_in_the_way_and_how_to_mend_it_is_said()
    {
        var found = Ops.After(Ops.Release(Ops.Full)).With(PieceKind.Queue, piece => piece with { Others = "it belongs to function x of project y" });
        var why = Plan.Deploy(Ops.Release(Ops.Full), found).Match(_ => [], refused => refused.Why);
        Assert.Equal("queue events-dlq is there already, and it belongs to function x of project y: name it by its ARN in queues to be fed by it as it is, "
            + "or choose another name", why[0]);
    }

    [Theory]
    [InlineData(true, "ops", "alerts", "prod")]
    [InlineData(false, "ops", "alerts", "dev")]
    [InlineData(false, "ops", "alerts", null)]
    [InlineData(false, "ops", "others", "prod")]
    [InlineData(false, "more", "alerts", "prod")]
    [InlineData(false, null, null, null)]
    public void A_thing_is_ours_by_project_function_and_environment(bool ours, string? project, string? function, string? environment)
    {
        ValueList<Fact> tags =
        [
            .. from tag in ((string, string?)[])[(Marks.Project, project), (Marks.Function, function), (Marks.Environment, environment)]
               where tag.Item2 is not null
               select new Fact(tag.Item1, tag.Item2!),
            new("cost", "42"),
        ];
        Assert.Equal(ours, Marks.Others(Marks.Of("ops", "alerts", "prod"), tags) is null);
    }

    [Fact]
    public void Topics_and_queues_go_on_leading_to_the_alias_of_the_first_deployment()
    {
        var release = Ops.Release(Ops.Full) with { Alias = "canary", Roads = "current" };
        Assert.Equal(["create alias canary: 1"], Ops.Plan(release, Ops.After(Ops.Release(Ops.Full))).Select(change => change.Words));
    }
}
