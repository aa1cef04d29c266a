// Holds the templates that Signalbox.Deploy.Tests keeps in Golden to what other people say of such files.
//   node check.mjs [FILE…]      FILE is another template, NAME.yaml or NAME.tf
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { held, failures, passed, refused } from "./held.mjs";
import { iam } from "./iam.mjs";
import { readStack, stackFaults } from "./stack.mjs";
import { terraformFaults } from "./terraform.mjs";

const { loadAwsServiceSpecSync } = createRequire(import.meta.url)("@aws-cdk/aws-service-spec");
const here = dirname(fileURLToPath(import.meta.url));
const golden = join(here, "../Signalbox.Deploy.Tests/Golden");
const files = readdirSync(golden).sort();
const text = (file) => readFileSync(join(golden, file), "utf8");

const db = loadAwsServiceSpecSync();
for (const file of files.filter((name) => name.endsWith(".yaml"))) held(file, stackFaults(readStack(text(file)), db));
for (const file of files.filter((name) => name.endsWith(".tf"))) held(file, await terraformFaults(text(file)));
for (const file of process.argv.slice(2)) {
  const other = readFileSync(file, "utf8");
  held(file, file.endsWith(".tf") ? await terraformFaults(other) : stackFaults(readStack(other), db));
}
held("there are templates to check", files.length >= 12 ? [] : [`${files.length}`]);

// What is done to a template that is right, so that a check which accepts everything would be found out.
const stackMistakes = {
  "a property that there is not": (stack) => (stack.Resources.EventsQueue.Properties.QueueNam = "x"),
  "a resource of no known type": (stack) => (stack.Resources.EventsQueue.Type = "AWS::SQS::Kueue"),
  "a required property left out": (stack) => delete stack.Resources.EventsMapping.Properties.FunctionName,
  "a number that is a text": (stack) => (stack.Resources.Function.Properties.MemorySize = "much"),
  "a list that is none": (stack) => (stack.Resources.Function.Properties.Architectures = "arm64"),
  "a value that is not allowed": (stack) => (stack.Resources.Url.Properties.AuthType = "OPEN"),
  "a property deep inside that there is not": (stack) => (stack.Resources.Function.Properties.VpcConfig.Subnets = []),
  "a reference to nothing": (stack) => (stack.Outputs.QueueUrl.Value = { Ref: "EventQueue" }),
  "an attribute that there is not": (stack) => (stack.Outputs.QueueArn.Value = { "Fn::GetAtt": ["EventsQueue", "Address"] }),
  "a text with nothing to put in": (stack) => (stack.Outputs.QueueArn.Value = { "Fn::Sub": "${Nothing}" }),
  "a parameter that nobody uses": (stack) => (stack.Parameters.Spare = { Type: "String", Default: "" }),
  "a circle of dependencies": (stack) => (stack.Resources.Role.DependsOn = "Function"),
  "an account written down": (stack) => (stack.Resources.EventsQueue.Properties.QueueName = "q-123456789012"),
  "a region written down": (stack) => (stack.Resources.EventsQueue.Properties.QueueName = "q-eu-west-1"),
  "a condition that there is not": (stack) => (stack.Resources.EventsQueue.Condition = "HasQueue"),
  "a right on everything": (stack) => (rights(stack).find(({ Sid }) => Sid === "Queues").Resource = "*"),
  "an action without a service": (stack) => (rights(stack)[0].Action = ["PutLogEvents"]),
};
const rights = (stack) => stack.Resources.Role.Properties.Policies[0].PolicyDocument.Statement;
for (const [what, change] of Object.entries(stackMistakes)) {
  const broken = readStack(text("full.cloudformation.yaml"));
  change(broken.stack);
  held(`a stack with ${what} is refused`, refused(stackFaults(broken, db)));
}
held("a YAML text that means two things is refused", refused(stackFaults(readStack(text("full.cloudformation.yaml").replace('LEVEL: "yes"', "LEVEL: yes")), db)));
held("a right without its version is refused", refused(iam({ Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "arn" }] }, "x")));

const terraformMistakes = {
  "an argument that there is not": ["visibility_timeout_seconds", "visibility_timeout"],
  "a block that there is not": ["vpc_config {", "vpc_confik {"],
  "a required argument left out": ["  runtime  ", "  x_runtime  "],
  "a reference to nothing": ["aws_lambda_alias.live.arn", "aws_lambda_alias.dead.arn"],
  "an attribute that there is not": ["aws_lambda_alias.live.arn", "aws_lambda_alias.live.address"],
  "a variable that there is not": ["= var.zip", "= var.zap"],
  "a bracket too few": ["local_secondary_index {", "local_secondary_index"],
  "equals signs that do not stand below each other": ["  handler          ", "  handler "],
  "an account written down": ['name                       = "events"', 'name                       = "q-123456789012"'],
};
for (const [what, [from, to]] of Object.entries(terraformMistakes)) {
  const whole = text("full.tf");
  const broken = whole.replace(from, to);
  held(`a configuration with ${what} is refused`, broken === whole ? ["the mistake could not be made"] : refused(await terraformFaults(broken)));
}

for (const failure of failures.slice(0, 40)) console.log(`failed ${failure}`);
console.log(`${passed()} passed, ${failures.length} failed, 0 skipped in templates`);
process.exitCode = failures.length > 0 ? 1 : 0;
