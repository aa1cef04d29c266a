# Function ops_alerts of project ops in environment prod.
# What signalbox deploy would make, under the same names, and alarms.
#   signalbox build alerts -o alerts.zip
#   terraform init
#   terraform apply
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

variable "dead_letter_arn" {
  type        = string
  default     = "arn:aws:sns:eu-west-1:123456789012:dead"
  description = "The queue or topic for asynchronous calls that failed for good."
}

variable "on_failure_arn" {
  type        = string
  default     = "arn:aws:events:eu-west-1:123456789012:event-bus/failures"
  description = "Who hears of asynchronous calls that failed for good."
}

variable "alarm_topic_arn" {
  type        = string
  default     = null
  description = "A topic that hears of alarms; null for none. One that leads to this function would tell of its failures only as long as it works."
}

locals {
  tags = {
    team = "ops"
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

# The function's rights: what its settings use, and no more.
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
        Sid = "FailuresToTopic"
        # Lambda hands on by its rights what failed for good.
        Effect   = "Allow"
        Action   = ["sns:Publish"]
        Resource = [var.dead_letter_arn]
      },
      {
        Sid = "FailuresToBus"
        # Lambda hands on by its rights what failed for good.
        Effect   = "Allow"
        Action   = ["events:PutEvents"]
        Resource = [var.on_failure_arn]
      },
    ]
  })
}

resource "aws_cloudwatch_log_group" "alerts" {
  name = "/aws/lambda/ops_alerts"
  tags = local.tags
}

resource "aws_lambda_function" "alerts" {
  function_name    = "ops_alerts"
  role             = aws_iam_role.alerts.arn
  filename         = var.zip
  source_code_hash = filebase64sha256(var.zip)
  runtime          = "nodejs22.x"
  handler          = "index.handle"
  architectures    = ["x86_64"]
  memory_size      = 128
  timeout          = 9
  tags             = local.tags
  # Each change publishes a version, which the alias names then.
  publish = true
  # Lambda looks at the rights when it makes the function.
  depends_on = [aws_iam_role_policy.alerts]

  ephemeral_storage {
    size = 512
  }

  dead_letter_config {
    target_arn = var.dead_letter_arn
  }

  logging_config {
    log_format = "Text"
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
  authorization_type = "AWS_IAM"
}

resource "aws_lambda_function_event_invoke_config" "alerts" {
  function_name          = aws_lambda_function.alerts.function_name
  qualifier              = aws_lambda_alias.live.name
  maximum_retry_attempts = 2

  destination_config {
    on_failure {
      destination = var.on_failure_arn
    }
  }
}

resource "aws_sns_topic_subscription" "cloudformation" {
  topic_arn = "arn:${data.aws_partition.current.partition}:sns:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:${var.cloudformation_topic}"
  protocol  = "lambda"
  endpoint  = aws_lambda_alias.live.arn
  # What is sent before it is let in would be lost.
  depends_on = [aws_lambda_permission.cloudformation_topic]
}

resource "aws_sns_topic_subscription" "theirs" {
  topic_arn = var.theirs_topic_arn
  protocol  = "lambda"
  endpoint  = aws_lambda_alias.live.arn
  # The topic may be in another region.
  region = split(":", var.theirs_topic_arn)[3]
  # What is sent before it is let in would be lost.
  depends_on = [aws_lambda_permission.theirs_topic]
}

resource "aws_cloudwatch_event_rule" "health" {
  name        = "ops_alerts-health"
  description = "Function ops_alerts"
  event_pattern = jsonencode({
    source = ["aws.health"]
  })
  state = "ENABLED"
  tags  = local.tags
}

resource "aws_cloudwatch_event_target" "health" {
  rule      = aws_cloudwatch_event_rule.health.name
  target_id = "signalbox"
  arn       = aws_lambda_alias.live.arn
}

resource "aws_cloudwatch_event_rule" "builds" {
  name           = "ops_alerts-builds"
  description    = "Function ops_alerts"
  event_bus_name = "tools"
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
  arn            = aws_lambda_alias.live.arn
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

resource "aws_cloudwatch_event_rule" "mornings" {
  name                = "ops_alerts-mornings"
  description         = "Function ops_alerts"
  schedule_expression = "cron(0 7 ? * MON-FRI *)"
  state               = "ENABLED"
  tags                = local.tags
}

resource "aws_cloudwatch_event_target" "mornings" {
  rule      = aws_cloudwatch_event_rule.mornings.name
  target_id = "signalbox"
  arn       = aws_lambda_alias.live.arn
}

resource "aws_lambda_permission" "cloudformation_topic" {
  function_name = aws_lambda_function.alerts.function_name
  qualifier     = aws_lambda_alias.live.name
  action        = "lambda:InvokeFunction"
  principal     = "sns.amazonaws.com"
  source_arn    = "arn:${data.aws_partition.current.partition}:sns:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:${var.cloudformation_topic}"
}

resource "aws_lambda_permission" "theirs_topic" {
  function_name = aws_lambda_function.alerts.function_name
  qualifier     = aws_lambda_alias.live.name
  action        = "lambda:InvokeFunction"
  principal     = "sns.amazonaws.com"
  source_arn    = var.theirs_topic_arn
}

resource "aws_lambda_permission" "health_rule" {
  function_name = aws_lambda_function.alerts.function_name
  qualifier     = aws_lambda_alias.live.name
  action        = "lambda:InvokeFunction"
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.health.arn
}

resource "aws_lambda_permission" "builds_rule" {
  function_name = aws_lambda_function.alerts.function_name
  qualifier     = aws_lambda_alias.live.name
  action        = "lambda:InvokeFunction"
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.builds.arn
}

resource "aws_lambda_permission" "wake_rule" {
  function_name = aws_lambda_function.alerts.function_name
  qualifier     = aws_lambda_alias.live.name
  action        = "lambda:InvokeFunction"
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.wake.arn
}

resource "aws_lambda_permission" "mornings_rule" {
  function_name = aws_lambda_function.alerts.function_name
  qualifier     = aws_lambda_alias.live.name
  action        = "lambda:InvokeFunction"
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.mornings.arn
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
