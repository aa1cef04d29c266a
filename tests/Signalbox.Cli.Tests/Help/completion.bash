_signalbox() {
    local word=${COMP_WORDS[COMP_CWORD]} words
    if [ "$COMP_CWORD" -eq 1 ]; then
        words="tell render explain check sources package schema completion --help --version --no-color"
    else
        case ${COMP_WORDS[1]} in
            tell) words="--config --chat --to --help --no-color" ;;
            render) words="--config --chat --help --no-color" ;;
            explain) words="--config --json --help --no-color" ;;
            check) words="--config --help --no-color" ;;
            sources) words="--help --no-color access-analyzer acm alertmanager amplify appconfig apprunner athena autoscaling backup batch budgets cloudevents cloudformation cloudtrail cloudwatch cloudwatch-logs codeartifact codebuild codecommit codedeploy codepipeline config connect cost-anomaly custom datadog datasync dead-letter dlm dms dynamodb ebs ec2 ec2-fleet ecr ecs eks elasticache elasticbeanstalk emr gamelift github gitlab glue grafana guardduty health inspector kms lambda macie marketplace mediaconvert network opensearch opsworks pagerduty partner rds recycle-bin redshift registry s3 sagemaker schedule securityhub sentry server-migration ses slack sms sns ssm standard-webhooks step-functions storagegateway support synthetics tag transcribe translate trustedadvisor waf" ;;
            package) words="--config --bootstrap --output --help --no-color" ;;
            schema) words="--help --no-color" ;;
            completion) words="--help --no-color bash fish zsh" ;;
        esac
    fi
    COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -o default -F _signalbox signalbox
