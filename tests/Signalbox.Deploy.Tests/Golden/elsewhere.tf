# Function 1st of project ops in environment prod.
# What signalbox deploy would make, under the same names, and alarms.
#   signalbox build 1st -o 1st.zip
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

variable "region" {
  type        = string
  default     = "eu-west-1"
  description = "The region."
}

variable "zip" {
  type        = string
  default     = "1st.zip"
  description = "The function's zip."
}

variable "role_arn" {
  type        = string
  default     = "arn:aws:iam::123456789012:role/lambda"
  description = "The role that the function runs as."
}

variable "alarm_topic_arn" {
  type        = string
  default     = null
  description = "A topic that hears of alarms; null for none. One that leads to this function would tell of its failures only as long as it works."
}

# Lambda would make it at the first call, and keep lines for ever.
resource "aws_cloudwatch_log_group" "n1st" {
  name              = "/aws/lambda/1st"
  retention_in_days = 30
}

resource "aws_lambda_function" "n1st" {
  function_name    = "1st"
  role             = var.role_arn
  filename         = var.zip
  source_code_hash = filebase64sha256(var.zip)
  runtime          = "provided.al2023"
  handler          = "bootstrap"
  architectures    = ["x86_64"]
  memory_size      = 128
  timeout          = 9
  # Each change publishes a version, which the alias names then.
  publish = true

  ephemeral_storage {
    size = 512
  }

  environment {
    variables = {
      SIGNALBOX_STORE = "dynamodb://shared?region=us-east-1"
    }
  }

  logging_config {
    log_format = "Text"
    log_group  = aws_cloudwatch_log_group.n1st.name
  }
}

resource "aws_lambda_alias" "live" {
  name             = "current"
  function_name    = aws_lambda_function.n1st.function_name
  function_version = aws_lambda_function.n1st.version
}

# Messages that could not be handled; kept for as long as SQS can.
resource "aws_sqs_queue" "n1_events_dlq" {
  name                       = "1_events-dlq"
  visibility_timeout_seconds = 30
  message_retention_seconds  = 1209600
  sqs_managed_sse_enabled    = true
}

# Hides a message for six times the function's timeout, as Lambda advises.
resource "aws_sqs_queue" "n1_events" {
  name                       = "1_events"
  visibility_timeout_seconds = 54
  message_retention_seconds  = 345600
  sqs_managed_sse_enabled    = true
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.n1_events_dlq.arn
    maxReceiveCount     = 5
  })
}

# One message that fails brings back itself, not its whole batch.
resource "aws_lambda_event_source_mapping" "n1_events" {
  event_source_arn        = aws_sqs_queue.n1_events.arn
  function_name           = aws_lambda_alias.live.arn
  batch_size              = 10
  function_response_types = ["ReportBatchItemFailures"]
}

# Conversations and what waits, as signalbox store init makes it.
resource "aws_dynamodb_table" "store" {
  name         = "shared"
  region       = "us-east-1"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "pk"
  range_key    = "sk"

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
  alarm_name        = "1st-errors"
  alarm_description = "The function failed or ran out of time: its log says why."
  namespace         = "AWS/Lambda"
  metric_name       = "Errors"
  dimensions = {
    FunctionName = aws_lambda_function.n1st.function_name
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
  alarm_name        = "1st-throttles"
  alarm_description = "Calls were turned away: too many at once for its concurrency or the account's."
  namespace         = "AWS/Lambda"
  metric_name       = "Throttles"
  dimensions = {
    FunctionName = aws_lambda_function.n1st.function_name
  }
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarm_topic_arn == null ? [] : [var.alarm_topic_arn]
}

resource "aws_cloudwatch_metric_alarm" "n1_events_dlq" {
  alarm_name        = "1_events-dlq-depth"
  alarm_description = "Events could not be handled and wait here: read one, mend the cause, start a redrive."
  namespace         = "AWS/SQS"
  metric_name       = "ApproximateNumberOfMessagesVisible"
  dimensions = {
    QueueName = aws_sqs_queue.n1_events_dlq.name
  }
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarm_topic_arn == null ? [] : [var.alarm_topic_arn]
}

output "function_arn" {
  description = "The function."
  value       = aws_lambda_function.n1st.arn
}

output "alias_arn" {
  description = "The alias current: what callers call."
  value       = aws_lambda_alias.live.arn
}

output "queue_arn" {
  description = "The queue that feeds it: for topics and rules of others."
  value       = aws_sqs_queue.n1_events.arn
}

output "queue_url" {
  description = "The same queue, for those who send to it."
  value       = aws_sqs_queue.n1_events.url
}
