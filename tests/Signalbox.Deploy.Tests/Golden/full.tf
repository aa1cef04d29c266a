# Function ops_alerts of project ops in environment prod.
# What signalbox deploy would make, under the same names, and alarms.
#   signalbox build alerts -o alerts.zip
#   terraform init
#   terraform apply -var slack_webhook=…
# Names are fixed, so it stands once in an account and region.

terraform {
  required_version = ">= 1.5"

  required_providers {
    # 6.29 knows the second right that calls by an address need.
    aws = {
      source  = "hashicorp/aws"
      version = ">= 6.29, < 7.0"
    }
  }
}

provider "aws" {
  region = var.region
}

data "aws_partition" "current" {}

data "aws_region" "current" {}

data "aws_caller_identity" "current" {}

variable "region" {
  type        = string
  default     = "eu-west-1"
  description = "The region."
}

variable "zip" {
  type        = string
  default     = "alerts.zip"
  description = "The function's zip."
}

variable "slack_webhook" {
  type        = string
  sensitive   = true
  description = "Environment variable SLACK_WEBHOOK. Better than a secret here is a reference to one, as in ssm:/path/to/it."
}

variable "cloudformation_topic" {
  type        = string
  default     = "cloudformation"
  description = "A topic that the function listens to, by its name here. It is there already."
}

variable "theirs_topic_arn" {
  type        = string
  default     = "arn:aws:sns:us-east-1:999999999999:theirs"
  description = "A topic that the function listens to. It is there already."
}

variable "others_queue_arn" {
  type        = string
  default     = "arn:aws:sqs:eu-west-1:123456789012:others"
  description = "A queue of others that feeds the function."
}

variable "tools_bus_arn" {
  type        = string
  default     = "arn:aws:events:eu-west-1:999999999999:event-bus/tools"
  description = "A bus of EventBridge."
}

variable "kms_key_arn" {
  type        = string
  default     = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  description = "The key that its environment is kept with."
}

variable "layer_arns" {
  type        = list(string)
  default     = ["arn:aws:lambda:eu-west-1:580247275435:layer:LambdaInsightsExtension:38"]
  description = "Versions of layers."
}

variable "subnet_ids" {
  type        = list(string)
  default     = ["subnet-0a", "subnet-0b"]
  description = "The subnets that it runs in."
}

variable "security_group_ids" {
  type        = list(string)
  default     = ["sg-0c"]
  description = "The security groups that it runs in."
}

variable "alarm_topic_arn" {
  type        = string
  default     = null
  description = "A topic that hears of alarms; null for none. One that leads to this function would tell of its failures only as long as it works."
}

locals {
  tags = {
    team          = "ops"
    "cost centre" = "4711"
  }
}

resource "aws_iam_role" "alerts" {
  name        = "ops_alerts"
  description = "Function ops_alerts"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        Service = "lambda.amazonaws.com"
      }
      Action = "sts:AssumeRole"
    }]
  })
  tags = local.tags
}

# The function's rights: what its settings use, the statements of policy.json after them, and no
# more.
resource "aws_iam_role_policy" "alerts" {
  name = "signalbox"
  role = aws_iam_role.alerts.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid = "Logs"
        # To write its own log.
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = ["${aws_cloudwatch_log_group.alerts.arn}:*"]
      },
      {
        Sid = "Queues"
        # Lambda takes the messages that feed it by its rights.
        Effect   = "Allow"
        Action   = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"]
        Resource = [aws_sqs_queue.backlog_fifo.arn, aws_sqs_queue.events.arn, var.others_queue_arn]
      },
      {
        Sid = "FailuresToQueue"
        # Lambda hands on by its rights what failed for good.
        Effect   = "Allow"
        Action   = ["sqs:SendMessage"]
        Resource = [aws_sqs_queue.failed.arn]
      },
      {
        Sid = "Topics"
        # Its sns rooms.
        Effect   = "Allow"
        Action   = ["sns:Publish"]
        Resource = ["arn:aws:sns:eu-west-1:222222222222:told"]
      },
      {
        Sid = "Store"
        # Its conversations and what waits; the table's indexes have no ARN that is known before.
        Effect = "Allow"
        Action = [
          "dynamodb:GetItem",
          "dynamodb:PutItem",
          "dynamodb:UpdateItem",
          "dynamodb:DeleteItem",
          "dynamodb:Query",
          "dynamodb:BatchGetItem",
          "dynamodb:BatchWriteItem",
        ]
        Resource = [aws_dynamodb_table.store.arn, "${aws_dynamodb_table.store.arn}/index/*"]
      },
      {
        Sid = "Network"
        # Lambda makes the network interfaces by its rights, and refuses a role that can make them
        # in some subnets only.
        Effect = "Allow"
        Action = [
          "ec2:CreateNetworkInterface",
          "ec2:DescribeNetworkInterfaces",
          "ec2:DescribeSubnets",
          "ec2:DeleteNetworkInterface",
          "ec2:AssignPrivateIpAddresses",
          "ec2:UnassignPrivateIpAddresses",
        ]
        Resource = ["*"]
      },
      {
        Sid = "Key"
        # Its environment is kept with this key.
        Effect   = "Allow"
        Action   = ["kms:Decrypt"]
        Resource = [var.kms_key_arn]
      },
      {
        Sid = "Tags"
        # It asks for the tags of what an event is about; this action knows no resource.
        Effect   = "Allow"
        Action   = ["tag:GetResources"]
        Resource = ["*"]
      },
      {
        Sid = "StackTags"
        # It asks for the tags of stacks; which ones it hears of is not known before.
        Effect = "Allow"
        Action = ["cloudformation:DescribeStacks"]
        Resource = [
          "arn:${data.aws_partition.current.partition}:cloudformation:*:${data.aws_caller_identity.current.account_id}:stack/*",
        ]
      },
      {
        Sid = "AccountNames"
        # It asks for names of accounts; which ones is not known before, and the alias knows no
        # resource.
        Effect   = "Allow"
        Action   = ["organizations:DescribeAccount", "iam:ListAccountAliases"]
        Resource = ["*"]
      },
      {
        Effect   = "Allow"
        Action   = "s3:GetObject"
        Resource = "arn:aws:s3:::reports/$${aws:PrincipalTag/team}/*"
      },
    ]
  })
}

# Lambda would make it at the first call, and keep lines for ever.
resource "aws_cloudwatch_log_group" "alerts" {
  name              = "/aws/lambda/ops_alerts"
  retention_in_days = 90
  tags              = local.tags
}

resource "aws_lambda_function" "alerts" {
  function_name                  = "ops_alerts"
  description                    = "Tells people: first this, then \"that\" # and more"
  role                           = aws_iam_role.alerts.arn
  filename                       = var.zip
  source_code_hash               = filebase64sha256(var.zip)
  runtime                        = "provided.al2023"
  handler                        = "bootstrap"
  architectures                  = ["arm64"]
  memory_size                    = 256
  timeout                        = 30
  layers                         = var.layer_arns
  kms_key_arn                    = var.kms_key_arn
  reserved_concurrent_executions = 5
  tags                           = local.tags
  # Each change publishes a version, which the alias names then.
  publish = true
  # Lambda looks at the rights when it makes the function.
  depends_on = [aws_iam_role_policy.alerts]

  ephemeral_storage {
    size = 1024
  }

  environment {
    variables = {
      EMPTY           = ""
      LEVEL           = "yes"
      PATTERN         = "$${literal} %%{too}"
      SIGNALBOX_STORE = "dynamodb://ops"
      SLACK_TOKEN     = "ssm:/ops/slack"
      SLACK_WEBHOOK   = var.slack_webhook
      ZIP_CODE        = "01234"
    }
  }

  vpc_config {
    subnet_ids         = var.subnet_ids
    security_group_ids = var.security_group_ids
  }

  logging_config {
    log_format = "JSON"
    log_group  = aws_cloudwatch_log_group.alerts.name
  }
}

resource "aws_lambda_alias" "live" {
  name             = "current"
  function_name    = aws_lambda_function.alerts.function_name
  function_version = aws_lambda_function.alerts.version
}

resource "aws_lambda_function_url" "alerts" {
  function_name      = aws_lambda_function.alerts.function_name
  qualifier          = aws_lambda_alias.live.name
  authorization_type = "NONE"
}

resource "aws_lambda_function_event_invoke_config" "alerts" {
  function_name          = aws_lambda_function.alerts.function_name
  qualifier              = aws_lambda_alias.live.name
  maximum_retry_attempts = 2

  destination_config {
    on_failure {
      destination = aws_sqs_queue.failed.arn
    }
  }
}

# Messages that could not be handled; kept for as long as SQS can.
resource "aws_sqs_queue" "events_dlq" {
  name                       = "events-dlq"
  visibility_timeout_seconds = 30
  message_retention_seconds  = 1209600
  sqs_managed_sse_enabled    = true
  tags                       = local.tags
}

# Hides a message for six times the function's timeout, as Lambda advises.
resource "aws_sqs_queue" "events" {
  name                       = "events"
  visibility_timeout_seconds = 180
  message_retention_seconds  = 345600
  sqs_managed_sse_enabled    = true
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.events_dlq.arn
    maxReceiveCount     = 5
  })
  tags = local.tags
}

# Messages that could not be handled; kept for as long as SQS can.
resource "aws_sqs_queue" "backlog_dlq_fifo" {
  name                       = "backlog-dlq.fifo"
  fifo_queue                 = true
  visibility_timeout_seconds = 30
  message_retention_seconds  = 1209600
  sqs_managed_sse_enabled    = true
  tags                       = local.tags
}

# Hides a message for six times the function's timeout, as Lambda advises.
resource "aws_sqs_queue" "backlog_fifo" {
  name                       = "backlog.fifo"
  fifo_queue                 = true
  visibility_timeout_seconds = 180
  message_retention_seconds  = 345600
  sqs_managed_sse_enabled    = true
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.backlog_dlq_fifo.arn
    maxReceiveCount     = 5
  })
  tags = local.tags
}

# Messages that could not be handled; kept for as long as SQS can.
resource "aws_sqs_queue" "failed" {
  name                       = "ops_alerts-failed"
  visibility_timeout_seconds = 30
  message_retention_seconds  = 1209600
  sqs_managed_sse_enabled    = true
  tags                       = local.tags
}

# Each topic and rule by its ARN, and nobody else, may send to the queue.
resource "aws_sqs_queue_policy" "events" {
  queue_url = aws_sqs_queue.events.url
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "FromCloudformationTopic"
        Effect = "Allow"
        Principal = {
          Service = "sns.amazonaws.com"
        }
        Action   = "sqs:SendMessage"
        Resource = aws_sqs_queue.events.arn
        Condition = {
          ArnEquals = {
            "aws:SourceArn" = "arn:${data.aws_partition.current.partition}:sns:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:${var.cloudformation_topic}"
          }
        }
      },
      {
        Sid    = "FromTheirsTopic"
        Effect = "Allow"
        Principal = {
          Service = "sns.amazonaws.com"
        }
        Action   = "sqs:SendMessage"
        Resource = aws_sqs_queue.events.arn
        Condition = {
          ArnEquals = {
            "aws:SourceArn" = var.theirs_topic_arn
          }
        }
      },
      {
        Sid    = "FromHealthRule"
        Effect = "Allow"
        Principal = {
          Service = "events.amazonaws.com"
        }
        Action   = "sqs:SendMessage"
        Resource = aws_sqs_queue.events.arn
        Condition = {
          ArnEquals = {
            "aws:SourceArn" = aws_cloudwatch_event_rule.health.arn
          }
        }
      },
      {
        Sid    = "FromBuildsRule"
        Effect = "Allow"
        Principal = {
          Service = "events.amazonaws.com"
        }
        Action   = "sqs:SendMessage"
        Resource = aws_sqs_queue.events.arn
        Condition = {
          ArnEquals = {
            "aws:SourceArn" = aws_cloudwatch_event_rule.builds.arn
          }
        }
      },
    ]
  })
}

# One message that fails brings back itself, not its whole batch.
resource "aws_lambda_event_source_mapping" "events" {
  event_source_arn        = aws_sqs_queue.events.arn
  function_name           = aws_lambda_alias.live.arn
  batch_size              = 10
  function_response_types = ["ReportBatchItemFailures"]

  # Rooms take about a message a second: more calls at once would only be refused more often.
  scaling_config {
    maximum_concurrency = 5
  }
}

# One message that fails brings back itself, not its whole batch.
resource "aws_lambda_event_source_mapping" "backlog_fifo" {
  event_source_arn        = aws_sqs_queue.backlog_fifo.arn
  function_name           = aws_lambda_alias.live.arn
  batch_size              = 10
  function_response_types = ["ReportBatchItemFailures"]

  # Rooms take about a message a second: more calls at once would only be refused more often.
  scaling_config {
    maximum_concurrency = 5
  }
}

# One message that fails brings back itself, not its whole batch.
resource "aws_lambda_event_source_mapping" "others" {
  event_source_arn        = var.others_queue_arn
  function_name           = aws_lambda_alias.live.arn
  batch_size              = 10
  function_response_types = ["ReportBatchItemFailures"]

  # Rooms take about a message a second: more calls at once would only be refused more often.
  scaling_config {
    maximum_concurrency = 5
  }
}

resource "aws_sns_topic_subscription" "cloudformation" {
  topic_arn = "arn:${data.aws_partition.current.partition}:sns:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:${var.cloudformation_topic}"
  protocol  = "sqs"
  endpoint  = aws_sqs_queue.events.arn
  # What is sent before it is let in would be lost.
  depends_on = [aws_sqs_queue_policy.events]
}

resource "aws_sns_topic_subscription" "theirs" {
  topic_arn = var.theirs_topic_arn
  protocol  = "sqs"
  endpoint  = aws_sqs_queue.events.arn
  # The topic may be in another region.
  region = split(":", var.theirs_topic_arn)[3]
  # What is sent before it is let in would be lost.
  depends_on = [aws_sqs_queue_policy.events]
}

resource "aws_cloudwatch_event_rule" "health" {
  name        = "ops_alerts-health"
  description = "Function ops_alerts"
  event_pattern = jsonencode({
    detail = {
      eventTypeCategory = [{
        "anything-but" = ["accountNotification"]
      }]
      n = [{
        numeric = [">", 0]
      }]
    }
    source = ["aws.health"]
  })
  state = "ENABLED"
  tags  = local.tags
}

resource "aws_cloudwatch_event_target" "health" {
  rule      = aws_cloudwatch_event_rule.health.name
  target_id = "signalbox"
  arn       = aws_sqs_queue.events.arn
}

resource "aws_cloudwatch_event_rule" "builds" {
  name           = "ops_alerts-builds"
  description    = "Function ops_alerts"
  event_bus_name = var.tools_bus_arn
  event_pattern = jsonencode({
    source = ["ci"]
  })
  state = "ENABLED"
  tags  = local.tags
}

resource "aws_cloudwatch_event_target" "builds" {
  rule           = aws_cloudwatch_event_rule.builds.name
  event_bus_name = aws_cloudwatch_event_rule.builds.event_bus_name
  target_id      = "signalbox"
  arn            = aws_sqs_queue.events.arn
}

resource "aws_cloudwatch_event_rule" "wake" {
  name                = "ops_alerts-wake"
  description         = "Function ops_alerts"
  schedule_expression = "rate(1 minute)"
  state               = "ENABLED"
  tags                = local.tags
}

resource "aws_cloudwatch_event_target" "wake" {
  rule      = aws_cloudwatch_event_rule.wake.name
  target_id = "signalbox"
  arn       = aws_lambda_alias.live.arn
  input = jsonencode({
    signalbox = "wake"
  })
}

resource "aws_lambda_permission" "wake_rule" {
  function_name = aws_lambda_function.alerts.function_name
  qualifier     = aws_lambda_alias.live.name
  action        = "lambda:InvokeFunction"
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.wake.arn
}

# Anybody may call the address: the function checks who calls. That takes two rights.
resource "aws_lambda_permission" "url" {
  function_name          = aws_lambda_function.alerts.function_name
  qualifier              = aws_lambda_alias.live.name
  action                 = "lambda:InvokeFunctionUrl"
  principal              = "*"
  function_url_auth_type = "NONE"
}

resource "aws_lambda_permission" "url_call" {
  function_name            = aws_lambda_function.alerts.function_name
  qualifier                = aws_lambda_alias.live.name
  action                   = "lambda:InvokeFunction"
  principal                = "*"
  invoked_via_function_url = true
}

# Conversations and what waits, as signalbox store init makes it.
resource "aws_dynamodb_table" "store" {
  name         = "ops"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "pk"
  range_key    = "sk"
  tags         = local.tags

  attribute {
    name = "pk"
    type = "S"
  }

  attribute {
    name = "sk"
    type = "S"
  }

  attribute {
    name = "due"
    type = "S"
  }

  attribute {
    name = "age"
    type = "S"
  }

  local_secondary_index {
    name               = "due"
    range_key          = "due"
    projection_type    = "INCLUDE"
    non_key_attributes = ["until", "notb"]
  }

  local_secondary_index {
    name            = "age"
    range_key       = "age"
    projection_type = "KEYS_ONLY"
  }

  ttl {
    attribute_name = "ttl"
    enabled        = true
  }

  # It holds history: destroy stops here.
  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_cloudwatch_metric_alarm" "errors" {
  alarm_name        = "ops_alerts-errors"
  alarm_description = "The function failed or ran out of time: its log says why."
  namespace         = "AWS/Lambda"
  metric_name       = "Errors"
  dimensions = {
    FunctionName = aws_lambda_function.alerts.function_name
  }
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarm_topic_arn == null ? [] : [var.alarm_topic_arn]
  tags                = local.tags
}

resource "aws_cloudwatch_metric_alarm" "throttles" {
  alarm_name        = "ops_alerts-throttles"
  alarm_description = "Calls were turned away: too many at once for its concurrency or the account's."
  namespace         = "AWS/Lambda"
  metric_name       = "Throttles"
  dimensions = {
    FunctionName = aws_lambda_function.alerts.function_name
  }
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarm_topic_arn == null ? [] : [var.alarm_topic_arn]
  tags                = local.tags
}

resource "aws_cloudwatch_metric_alarm" "events_dlq" {
  alarm_name        = "events-dlq-depth"
  alarm_description = "Events could not be handled and wait here: read one, mend the cause, start a redrive."
  namespace         = "AWS/SQS"
  metric_name       = "ApproximateNumberOfMessagesVisible"
  dimensions = {
    QueueName = aws_sqs_queue.events_dlq.name
  }
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarm_topic_arn == null ? [] : [var.alarm_topic_arn]
  tags                = local.tags
}

resource "aws_cloudwatch_metric_alarm" "backlog_dlq_fifo" {
  alarm_name        = "backlog-dlq.fifo-depth"
  alarm_description = "Events could not be handled and wait here: read one, mend the cause, start a redrive."
  namespace         = "AWS/SQS"
  metric_name       = "ApproximateNumberOfMessagesVisible"
  dimensions = {
    QueueName = aws_sqs_queue.backlog_dlq_fifo.name
  }
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarm_topic_arn == null ? [] : [var.alarm_topic_arn]
  tags                = local.tags
}

resource "aws_cloudwatch_metric_alarm" "failed" {
  alarm_name        = "ops_alerts-failed-depth"
  alarm_description = "Events could not be handled and wait here: read one, mend the cause, start a redrive."
  namespace         = "AWS/SQS"
  metric_name       = "ApproximateNumberOfMessagesVisible"
  dimensions = {
    QueueName = aws_sqs_queue.failed.name
  }
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarm_topic_arn == null ? [] : [var.alarm_topic_arn]
  tags                = local.tags
}

output "function_arn" {
  description = "The function."
  value       = aws_lambda_function.alerts.arn
}

output "alias_arn" {
  description = "The alias current: what callers call."
  value       = aws_lambda_alias.live.arn
}

output "function_url" {
  description = "Its address."
  value       = aws_lambda_function_url.alerts.function_url
}

output "queue_arn" {
  description = "The queue that feeds it: for topics and rules of others."
  value       = aws_sqs_queue.events.arn
}

output "queue_url" {
  description = "The same queue, for those who send to it."
  value       = aws_sqs_queue.events.url
}
