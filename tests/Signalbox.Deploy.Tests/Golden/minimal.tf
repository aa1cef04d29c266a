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

variable "alarm_topic_arn" {
  type        = string
  default     = null
  description = "A topic that hears of alarms; null for none. One that leads to this function would tell of its failures only as long as it works."
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
}

# The function's rights: what its settings use, and no more.
resource "aws_iam_role_policy" "alerts" {
  name = "signalbox"
  role = aws_iam_role.alerts.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid = "Logs"
      # To write its own log.
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = ["${aws_cloudwatch_log_group.alerts.arn}:*"]
    }]
  })
}

# Lambda would make it at the first call, and keep lines for ever.
resource "aws_cloudwatch_log_group" "alerts" {
  name              = "/aws/lambda/ops_alerts"
  retention_in_days = 30
}

resource "aws_lambda_function" "alerts" {
  function_name    = "ops_alerts"
  role             = aws_iam_role.alerts.arn
  filename         = var.zip
  source_code_hash = filebase64sha256(var.zip)
  runtime          = "provided.al2023"
  handler          = "bootstrap"
  architectures    = ["x86_64"]
  memory_size      = 128
  timeout          = 9
  # Each change publishes a version, which the alias names then.
  publish = true
  # Lambda looks at the rights when it makes the function.
  depends_on = [aws_iam_role_policy.alerts]

  ephemeral_storage {
    size = 512
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
}

# Nothing calls the function yet. Say rules and topics in function.json ("rules": ["aws.health"],
# "topics": ["alarms"]) and write this file again, which adds what goes with them; or take these
# signs away and say your own pattern and topic:
# resource "aws_cloudwatch_event_rule" "health" {
#   name        = "ops_alerts-health"
#   description = "Function ops_alerts"
#   event_pattern = jsonencode({
#     source = ["aws.health"]
#   })
#   state = "ENABLED"
# }
#
# resource "aws_cloudwatch_event_target" "health" {
#   rule      = aws_cloudwatch_event_rule.health.name
#   target_id = "signalbox"
#   arn       = aws_lambda_alias.live.arn
# }
#
# resource "aws_sns_topic_subscription" "alarms" {
#   topic_arn = "arn:${data.aws_partition.current.partition}:sns:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:alarms"
#   protocol  = "lambda"
#   endpoint  = aws_lambda_alias.live.arn
#   # What is sent before it is let in would be lost.
#   depends_on = [aws_lambda_permission.alarms_topic]
# }
#
# resource "aws_lambda_permission" "alarms_topic" {
#   function_name = aws_lambda_function.alerts.function_name
#   qualifier     = aws_lambda_alias.live.name
#   action        = "lambda:InvokeFunction"
#   principal     = "sns.amazonaws.com"
#   source_arn    = "arn:${data.aws_partition.current.partition}:sns:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:alarms"
# }
#
# resource "aws_lambda_permission" "health_rule" {
#   function_name = aws_lambda_function.alerts.function_name
#   qualifier     = aws_lambda_alias.live.name
#   action        = "lambda:InvokeFunction"
#   principal     = "events.amazonaws.com"
#   source_arn    = aws_cloudwatch_event_rule.health.arn
# }

output "function_arn" {
  description = "The function."
  value       = aws_lambda_function.alerts.arn
}

output "alias_arn" {
  description = "The alias current: what callers call."
  value       = aws_lambda_alias.live.arn
}
