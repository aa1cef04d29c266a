namespace Signalbox.Deploy;

/// <summary>What leads to the function for Terraform, and what it keeps: queues, topics, rules, table, alarms.</summary>
internal sealed class TerraformRoads(Blueprint blueprint, TerraformNames names)
{
    private Release Release => blueprint.Release;

    private FunctionSpec Spec => blueprint.Spec;

    private Member Tags => TerraformFunction.Tags(Spec);

    public IEnumerable<HclBlock> Queues() => from queue in blueprint.All(PieceKind.Queue)
                                             let isDead = blueprint.DeadLetters.Contains(queue.Name)
                                             select TerraformFunction.Resource("aws_sqs_queue", names[$"queue {queue.Name}"],
                                                 isDead ? "Messages that could not be handled; kept for as long as SQS can."
                                                     : "Hides a message for six times the function's timeout, as Lambda advises.",
                                             [
                                                 new("name", TerraformNames.Text(queue.Name)),
                                                 new("fifo_queue", Blueprint.IsFifo(queue.Name) ? TerraformNames.Code("true") : null),
                                                 new("visibility_timeout_seconds", Node.Of(queue["visibility"])),
                                                 new("message_retention_seconds", Node.Of(queue["retention"])),
                                                 new("sqs_managed_sse_enabled", TerraformNames.Code("true")),
                                                 new("redrive_policy", Redrive(queue)),
                                                 Tags,
                                             ]);

    private Node? Redrive(Piece queue) => queue["dead letters"] is not { Length: > 0 } dead ? null : HclText.Encoded(
        new Node.Map([new("deadLetterTargetArn", names.Say(dead)), new("maxReceiveCount", Node.Of(queue["tries"]))]), "  ");

    public IEnumerable<HclBlock> QueuePolicy()
    {
        var grants = blueprint.All(PieceKind.QueueGrant).ToList();
        if (grants.Count is 0) yield break;
        var policy = new Node.Map(
        [
            new("Version", TerraformNames.Text("2012-10-17")),
            new("Statement", new Node.Several([.. from grant in grants select Statement(grant)])),
        ]);
        yield return TerraformFunction.Resource("aws_sqs_queue_policy", names[$"queue {grants[0].At}"],
            "Each topic and rule by its ARN, and nobody else, may send to the queue.",
            [new("queue_url", TerraformNames.Code($"{names.Queue(grants[0].At)}.url")), new("policy", HclText.Encoded(policy, "  "))]);
    }

    private Node Statement(Piece grant) => Node.OfJson(
        grant.Body, text => text == grant.Name ? TerraformNames.Text($"From{StackNames.Joined(names.Sender(grant.Called))}") : names.Say(text));

    public IEnumerable<HclBlock> Mappings() =>
        from queue in Spec.Queues
        let mapping = blueprint.All(PieceKind.Mapping).First(mapping => mapping.Name == Release.Site.Queue(queue))
        select TerraformFunction.Resource("aws_lambda_event_source_mapping", names[$"mapping {queue}"],
            Blueprint.PartialWords,
        [
            new("event_source_arn", names.Say(mapping.Name)), new("function_name", TerraformNames.Code($"{TerraformNames.Alias}.arn")),
            new("batch_size", Node.Of(mapping["batch"])), new("maximum_batching_window_in_seconds", Blueprint.WindowOf(mapping)),
            new("function_response_types", new Node.Several([TerraformNames.Text(mapping["failures"])])),
        ],
        mapping["at once"] is { Length: > 0 } most
            ? [new("scaling_config", [new("maximum_concurrency", Node.Of(most))], [], Blueprint.AtOnceWords)]
            : []);

    public IEnumerable<HclBlock> Subscriptions() =>
        from subscription in blueprint.All(PieceKind.Subscription)
        let topic = subscription["topic"]
        let isQueue = subscription["protocol"] is "sqs"
        select TerraformFunction.Resource("aws_sns_topic_subscription", names[$"topic {topic}"], null,
        [
            new("topic_arn", names.Say(topic)), new("protocol", TerraformNames.Text(subscription["protocol"])),
            new("endpoint", names.Say(subscription["endpoint"])),
            new("region", Arn.Read(topic)?.Region == Blueprint.Here.Region || names.Say(topic) is not Node.Code { Written: var arn }
                ? null : TerraformNames.Code($"split(\":\", {arn})[3]"), "The topic may be in another region."),
            new("depends_on", TerraformNames.Code(isQueue ? $"[aws_sqs_queue_policy.{names[$"queue {Spec.OwnQueue}"]}]"
                : $"[aws_lambda_permission.{names.Sender(topic)}]"), "What is sent before it is let in would be lost."),
        ]);

    public IEnumerable<HclBlock> Rules() =>
        from rule in blueprint.All(PieceKind.Rule)
        let target = blueprint.All(PieceKind.Target).First(target => target.Name == rule.Name)
        from block in (ValueList<HclBlock>)
        [
            TerraformFunction.Resource("aws_cloudwatch_event_rule", names[$"rule {rule.Name}"], null,
            [
                new("name", TerraformNames.Text(rule.Called)), new("description", TerraformNames.Text($"Function {Spec.DeployedName}")),
                new("event_bus_name", rule.At is "default" ? null : names.Say(rule.At)),
                new("event_pattern", rule["pattern"] is { Length: > 0 } pattern
                    ? HclText.Encoded(Node.OfJson(pattern, TerraformNames.Text), "  ") : null),
                new("schedule_expression", rule["schedule"] is { Length: > 0 } schedule ? TerraformNames.Text(schedule) : null),
                new("state", TerraformNames.Text(rule["state"])), Tags,
            ]),
            TerraformFunction.Resource("aws_cloudwatch_event_target", names[$"rule {rule.Name}"], null,
            [
                new("rule", TerraformNames.Code($"{names.Rule(rule.Name)}.name")),
                new("event_bus_name", rule.At is "default" ? null : TerraformNames.Code($"{names.Rule(rule.Name)}.event_bus_name")),
                new("target_id", TerraformNames.Text("signalbox")), new("arn", names.Say(target["to"])),
                new("input", target["input"] is { Length: > 0 } input ? HclText.Encoded(Node.OfJson(input, TerraformNames.Text), "  ") : null),
            ]),
        ]
        select block;

    public IEnumerable<HclBlock> Permissions() =>
        from permission in blueprint.All(PieceKind.Permission)
        let isUrl = permission["source"].Length is 0
        let isFirst = permission["url auth"] is "NONE"
        select TerraformFunction.Resource("aws_lambda_permission", !isUrl ? names.Sender(permission["source"]) : isFirst ? "url" : "url_call",
            isFirst ? Blueprint.OpenWords : null,
        [
            .. TerraformFunction.AtAlias(names), new("action", TerraformNames.Text(permission["action"])),
            new("principal", TerraformNames.Text(permission["principal"])), new("source_arn", isUrl ? null : names.Say(permission["source"])),
            new("function_url_auth_type", isFirst ? TerraformNames.Text("NONE") : null),
            new("invoked_via_function_url", permission["url auth"] is "via url" ? TerraformNames.Code("true") : null),
        ]);

    public IEnumerable<HclBlock> Table()
    {
        if (Release.Table is not { } table) yield break;
        yield return TerraformFunction.Resource("aws_dynamodb_table", "store", "Conversations and what waits, as signalbox store init makes it.",
        [
            new("name", TerraformNames.Text(table.Name)), new("region", table.Region is { } region ? TerraformNames.Text(region) : null),
            new("billing_mode", TerraformNames.Text("PAY_PER_REQUEST")), new("hash_key", TerraformNames.Text(TableShape.Key.Partition)),
            new("range_key", TerraformNames.Text(TableShape.Key.Sort)), Tags,
        ],
        [
            .. from name in TableShape.Attributes
               select new HclBlock("attribute", [new("name", TerraformNames.Text(name)), new("type", TerraformNames.Text("S"))], []),
            .. from index in TableShape.Indexes
               select new HclBlock("local_secondary_index",
               [
                   new("name", TerraformNames.Text(index.Name)), new("range_key", TerraformNames.Text(index.Key.Sort)),
                   new("projection_type", TerraformNames.Text(index.Carried.Count is 0 ? "KEYS_ONLY" : "INCLUDE")),
                   new("non_key_attributes", index.Carried.Count is 0 ? null : new Node.Several([.. index.Carried.Select(TerraformNames.Text)])),
               ], []),
            new("ttl", [new("attribute_name", TerraformNames.Text(TableShape.Expiry)), new("enabled", TerraformNames.Code("true"))], []),
            new("lifecycle", [new("prevent_destroy", TerraformNames.Code("true"))], [], "It holds history: destroy stops here."),
        ]);
    }

    public IEnumerable<HclBlock> Alarms() =>
        from alarm in Alarm.Of(blueprint)
        let isQueue = alarm.Queue is not null
        select TerraformFunction.Resource("aws_cloudwatch_metric_alarm", isQueue ? names[$"queue {alarm.Queue}"] : alarm.Metric.ToLowerInvariant(), null,
        [
            new("alarm_name", TerraformNames.Text(alarm.Name)), new("alarm_description", TerraformNames.Text(alarm.About)),
            new("namespace", TerraformNames.Text(alarm.Namespace)), new("metric_name", TerraformNames.Text(alarm.Metric)),
            new("dimensions", new Node.Map([new(alarm.Dimension, TerraformNames.Code(
                alarm.Queue is { } queue ? $"{names.Queue(queue)}.name" : $"{names.Function}.function_name"))])),
            new("statistic", TerraformNames.Text(alarm.Statistic)), new("period", Node.Of(Alarm.Seconds)), new("evaluation_periods", Node.Of("1")),
            new("threshold", Node.Of("1")), new("comparison_operator", TerraformNames.Text("GreaterThanOrEqualToThreshold")),
            new("treat_missing_data", TerraformNames.Text("notBreaching")),
            new("alarm_actions", TerraformNames.Code("var.alarm_topic_arn == null ? [] : [var.alarm_topic_arn]")), Tags,
        ]);
}
