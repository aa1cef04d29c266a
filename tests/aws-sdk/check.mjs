// Does with AWS's own clients what a deployment does, against the stand-in for AWS, and says what is not as it should be.
//   node check.mjs ADDRESS ZIP      keys and region come from the environment
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { CloudWatchClient, GetMetricDataCommand, PutMetricAlarmCommand, DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient, CreateLogGroupCommand, FilterLogEventsCommand, PutLogEventsCommand, CreateLogStreamCommand } from "@aws-sdk/client-cloudwatch-logs";
import { EventBridgeClient, ListTargetsByRuleCommand, PutEventsCommand, PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import { CreateRoleCommand, DeleteRoleCommand, GetRoleCommand, GetRolePolicyCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { DecryptCommand, EncryptCommand, KMSClient } from "@aws-sdk/client-kms";
import {
  AddPermissionCommand, CreateAliasCommand, CreateFunctionCommand, GetFunctionCommand, GetPolicyCommand, InvokeCommand, LambdaClient, ListTagsCommand, PublishVersionCommand,
  TagResourceCommand, UntagResourceCommand, waitUntilFunctionActiveV2,
} from "@aws-sdk/client-lambda";
import { GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { CreateSecretCommand, GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { CreateTopicCommand, GetTopicAttributesCommand, PublishCommand, SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import { CreateQueueCommand, DeleteMessageBatchCommand, GetQueueAttributesCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { GetParameterCommand, PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";

const [endpoint, zip] = process.argv.slice(2);
const client = (Kind, more = {}) => new Kind({ endpoint, maxAttempts: 1, ...more });
const [iam, sts, lambda, sns, sqs] = [IAMClient, STSClient, LambdaClient, SNSClient, SQSClient].map((Kind) => client(Kind));
const account = "123456789012";
let passed = 0;

async function held(what, check) {
  try {
    await check();
    passed++;
  } catch (fault) {
    console.error(`${what}: ${fault.stack}`);
    process.exitCode = 1;
  }
}

await held("identity", async () => assert.equal((await sts.send(new GetCallerIdentityCommand({}))).Account, account));

await held("roles", async () => {
  const trust = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }] });
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName: "telling", AssumeRolePolicyDocument: trust, Tags: [{ Key: "team", Value: "ops" }] }));
  assert.equal(Role.Arn, `arn:aws:iam::${account}:role/telling`);
  assert.ok(Role.CreateDate instanceof Date);
  const policy = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "sqs:*", Resource: "*" }] });
  await iam.send(new PutRolePolicyCommand({ RoleName: "telling", PolicyName: "own", PolicyDocument: policy }));
  assert.equal(decodeURIComponent((await iam.send(new GetRolePolicyCommand({ RoleName: "telling", PolicyName: "own" }))).PolicyDocument), policy);
  await assert.rejects(iam.send(new GetRoleCommand({ RoleName: "none" })), { name: "NoSuchEntityException" });
  await assert.rejects(iam.send(new DeleteRoleCommand({ RoleName: "telling" })), { name: "DeleteConflictException" });
});

await held("functions", async () => {
  const FunctionName = "telling";
  const made = await lambda.send(new CreateFunctionCommand({
    FunctionName, Runtime: "provided.al2023", Handler: "bootstrap", Role: `arn:aws:iam::${account}:role/telling`, Code: { ZipFile: readFileSync(zip) },
    LoggingConfig: { LogFormat: "Text", LogGroup: "/aws/lambda/telling" }, Tags: { team: "ops" },
  }));
  assert.equal(made.State, "Pending");
  await assert.rejects(lambda.send(new GetFunctionCommand({ FunctionName: "none" })), { name: "ResourceNotFoundException" });
  await waitUntilFunctionActiveV2({ client: lambda, maxWaitTime: 30, minDelay: 1, maxDelay: 1 }, { FunctionName });
  assert.equal((await lambda.send(new PublishVersionCommand({ FunctionName }))).Version, "1");
  await lambda.send(new CreateAliasCommand({ FunctionName, Name: "live", FunctionVersion: "1" }));
  await lambda.send(new AddPermissionCommand({ FunctionName, Qualifier: "live", StatementId: "url", Action: "lambda:InvokeFunction", Principal: "*", InvokedViaFunctionUrl: true }));
  const statement = JSON.parse((await lambda.send(new GetPolicyCommand({ FunctionName, Qualifier: "live" }))).Policy).Statement[0];
  assert.equal(statement.Condition.Bool["lambda:InvokedViaFunctionUrl"], "true");
  await lambda.send(new TagResourceCommand({ Resource: made.FunctionArn, Tags: { env: "prod" } }));
  await lambda.send(new UntagResourceCommand({ Resource: made.FunctionArn, TagKeys: ["team"] }));
  assert.deepEqual((await lambda.send(new ListTagsCommand({ Resource: made.FunctionArn }))).Tags, { env: "prod" });
  const answer = await lambda.send(new InvokeCommand({ FunctionName, Qualifier: "live", Payload: JSON.stringify({ word: "now" }), LogType: "Tail" }));
  assert.deepEqual([answer.ExecutedVersion, JSON.parse(answer.Payload.transformToString())], ["1", { heard: { word: "now" } }]);
});

await held("queues", async () => {
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "jobs", Attributes: { VisibilityTimeout: "54" }, tags: { team: "ops" } }));
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "all is well", MessageAttributes: { kind: { DataType: "String", StringValue: "news" } } }));
  // The client compares the MD5 of body and attributes itself.
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MessageAttributeNames: ["All"], MessageSystemAttributeNames: ["All"], WaitTimeSeconds: 1 }));
  assert.deepEqual([Messages[0].Body, Messages[0].Attributes.ApproximateReceiveCount, Messages[0].MessageAttributes.kind.StringValue], ["all is well", "1", "news"]);
  assert.equal((await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries: [{ Id: "a", ReceiptHandle: Messages[0].ReceiptHandle }] }))).Successful.length, 1);
  assert.equal((await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] }))).Attributes.QueueArn, `arn:aws:sqs:eu-west-1:${account}:jobs`);
  await assert.rejects(sqs.send(new SendMessageCommand({ QueueUrl: `${endpoint}/${account}/none`, MessageBody: "x" })), /specified queue does not exist/);
});

await held("topics", async () => {
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: "alerts", Tags: [{ Key: "team", Value: "ops" }] }));
  const { SubscriptionArn } = await sns.send(new SubscribeCommand({ TopicArn, Protocol: "sqs", Endpoint: `arn:aws:sqs:eu-west-1:${account}:jobs`, Attributes: { RawMessageDelivery: "true" } }));
  assert.ok(SubscriptionArn.startsWith(`${TopicArn}:`));
  assert.ok((await sns.send(new PublishCommand({ TopicArn, Message: "hello", MessageAttributes: { kind: { DataType: "String", StringValue: "news" } } }))).MessageId);
  assert.equal((await sns.send(new GetTopicAttributesCommand({ TopicArn }))).Attributes.SubscriptionsConfirmed, "1");
});

await held("events", async () => {
  const events = client(EventBridgeClient);
  await events.send(new PutRuleCommand({ Name: "orders", EventPattern: JSON.stringify({ source: ["shop"] }) }));
  await events.send(new PutTargetsCommand({ Rule: "orders", Targets: [{ Id: "q", Arn: `arn:aws:sqs:eu-west-1:${account}:jobs` }] }));
  assert.equal((await events.send(new ListTargetsByRuleCommand({ Rule: "orders" }))).Targets[0].Id, "q");
  assert.equal((await events.send(new PutEventsCommand({ Entries: [{ Source: "shop", DetailType: "Order", Detail: "{}" }] }))).FailedEntryCount, 0);
});

await held("logs", async () => {
  const [logs, group] = [client(CloudWatchLogsClient), { logGroupName: "/aws/lambda/other", logStreamName: "one" }];
  await logs.send(new CreateLogGroupCommand({ logGroupName: group.logGroupName }));
  await logs.send(new CreateLogStreamCommand(group));
  await logs.send(new PutLogEventsCommand({ ...group, logEvents: [{ timestamp: 1000, message: "hello" }] }));
  assert.deepEqual((await logs.send(new FilterLogEventsCommand({ logGroupName: group.logGroupName }))).events.map((line) => line.message), ["hello"]);
});

await held("metrics", async () => {
  const metrics = client(CloudWatchClient);
  const MetricStat = { Metric: { Namespace: "AWS/Lambda", MetricName: "Invocations", Dimensions: [{ Name: "FunctionName", Value: "telling" }] }, Period: 60, Stat: "Sum" };
  const [StartTime, EndTime] = [new Date(Date.now() - 3600e3), new Date(Date.now() + 60e3)];
  const [result] = (await metrics.send(new GetMetricDataCommand({ StartTime, EndTime, MetricDataQueries: [{ Id: "calls", MetricStat }] }))).MetricDataResults;
  assert.deepEqual([result.Id, result.Values, result.Timestamps[0] instanceof Date], ["calls", [1], true]);
  await metrics.send(new PutMetricAlarmCommand({ AlarmName: "a", MetricName: "Errors", Namespace: "AWS/Lambda", Period: 60, EvaluationPeriods: 1, Threshold: 1.5, Statistic: "Sum", ComparisonOperator: "GreaterThanThreshold" }));
  assert.equal((await metrics.send(new DescribeAlarmsCommand({ AlarmNames: ["a"] }))).MetricAlarms[0].Threshold, 1.5);
});

await held("stores", async () => {
  const [ssm, secrets, kms, s3] = [client(SSMClient), client(SecretsManagerClient), client(KMSClient), client(S3Client, { forcePathStyle: true })];
  await ssm.send(new PutParameterCommand({ Name: "/token", Type: "SecureString", Value: "one" }));
  assert.equal((await ssm.send(new GetParameterCommand({ Name: "/token", WithDecryption: true }))).Parameter.Value, "one");
  await secrets.send(new CreateSecretCommand({ Name: "slack", SecretString: "two" }));
  assert.equal((await secrets.send(new GetSecretValueCommand({ SecretId: "slack" }))).SecretString, "two");
  const { CiphertextBlob } = await kms.send(new EncryptCommand({ KeyId: "alias/signalbox", Plaintext: Buffer.from("three") }));
  assert.equal(Buffer.from((await kms.send(new DecryptCommand({ CiphertextBlob }))).Plaintext).toString(), "three");
  const { ETag } = await s3.send(new PutObjectCommand({ Bucket: "settings", Key: "team a/signalbox.yaml", Body: "rooms: {}\n" }));
  const object = await s3.send(new GetObjectCommand({ Bucket: "settings", Key: "team a/signalbox.yaml" }));
  assert.deepEqual([object.ETag, await object.Body.transformToString()], [ETag, "rooms: {}\n"]);
});

console.log(`${passed} passed`);
