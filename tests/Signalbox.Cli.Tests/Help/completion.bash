_signalbox() {
    local word=${COMP_WORDS[COMP_CWORD]} words
    if [ "$COMP_CWORD" -eq 1 ]; then
        words="tell render explain check simulate serve key silence ack store password sources init build deploy diff invoke list logs metrics doctor rollback delete env exec template package schema completion --help --version --no-color"
    else
        case ${COMP_WORDS[1]} in
            tell) words="--config --chat --to --store --help --no-color" ;;
            render) words="--config --chat --help --no-color" ;;
            explain) words="--config --json --store --help --no-color" ;;
            check) words="--config --help --no-color" ;;
            simulate) words="--config --speed --why --help --no-color" ;;
            serve) words="--config --listen --store --demo --help --no-color" ;;
            key) words="--store --config --help --no-color" ;;
            silence) words="--store --config --help --no-color" ;;
            ack) words="--by --store --config --help --no-color" ;;
            store) words="--store --config --help --no-color" ;;
            password) words="--help --no-color" ;;
            sources) words="--help --no-color" ;;
            init) words="--project --name --region --profile --room --slack-webhook-env --topics --rules --queue --no-queue --yes --dry-run --force --help --no-color" ;;
            build) words="--project --env --set --env-file --output --bootstrap --help --no-color" ;;
            deploy) words="--project --env --set --env-file --profile --region --endpoint --alias --dry-run --json --concurrency --bootstrap --help --no-color" ;;
            diff) words="--project --env --set --env-file --profile --region --endpoint --alias --json --bootstrap --help --no-color" ;;
            invoke) words="--project --env --set --env-file --local --bootstrap --async --logs --alias --profile --region --endpoint --help --no-color" ;;
            list) words="--project --env --set --env-file --profile --region --endpoint --alias --json --tfvars --help --no-color" ;;
            logs) words="--follow --since --filter --json --project --env --set --env-file --profile --region --endpoint --help --no-color" ;;
            metrics) words="--since --json --project --env --set --env-file --profile --region --endpoint --help --no-color" ;;
            doctor) words="--send --alias --json --project --env --set --env-file --profile --region --endpoint --bootstrap --help --no-color" ;;
            rollback) words="--project --env --set --env-file --profile --region --endpoint --alias --json --help --no-color" ;;
            delete) words="--project --env --set --env-file --profile --region --endpoint --all --data --yes --dry-run --json --help --no-color" ;;
            env) words="--project --env --set --env-file --json --help --no-color" ;;
            exec) words="--project --env --set --env-file --help --no-color" ;;
            template) words="--project --env --set --env-file --alias --output --help --no-color" ;;
            package) words="--config --bootstrap --output --help --no-color" ;;
            schema) words="--help --no-color" ;;
            completion) words="--help --no-color bash fish zsh" ;;
        esac
    fi
    COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -o default -F _signalbox signalbox
