#compdef signalbox
_signalbox() {
    if (( CURRENT == 2 )); then
        local -a verbs=(
            'tell:Say what events mean in the rooms that the settings name.'
            'render:Print the payload of every post as one line of JSON; nothing is posted.'
            'explain:Show how events are read, who would hear them and why; nothing is posted.'
            'check:Check the settings, and run the tests in them.'
            'simulate:Play a timeline of events, people and faults, and show what each room would have seen.'
            'serve:Take events over HTTP, keep and deliver them, and show the rooms in a browser.'
            'key:Keys of programs that bring events to signalbox serve: add, list, revoke.'
            'silence:Hold back what nobody needs to hear for a time: add, list, expire.'
            'ack:Say that somebody takes care of something: reminders stop, and the message shows who.'
            'store:Look after a store: init, status, backup, restore, verify, prune, dead, redrive.'
            'password:Make the hash of a password, for server.sign-in.users in the settings.'
            'sources:List the events that Signalbox understands, and show how they are told.'
            'init:Write the files of a project that deploys Signalbox.'
            'build:Write the zip of a function as deploy would send it.'
            'deploy:Bring the functions of a project to AWS, with everything that they need.'
            'diff:Say what differs between the files of a project and AWS.'
            'invoke:Call a function with an event, here or in AWS.'
            'list:List the functions of a project and what is deployed of them.'
            'logs:Show what functions wrote, and what they write now.'
            'metrics:Show how functions did: calls, errors, durations, queues and cost.'
            'doctor:Look for what is wrong: files, credentials, rights, everything in AWS, rooms.'
            'rollback:Have the alias of a function name its previous version, or a given one.'
            'delete:Take away everything that deploy made for functions, and nothing else.'
            'env:Print the environment variables that a function would have.'
            'exec:Run a command in a functions folder, with its environment.'
            'template:Write a template that makes what deploy would make: CloudFormation, SAM, Terraform.'
            'package:Write the zip for AWS Lambda: the function and its settings.'
            'schema:Print the JSON Schema of the settings, of project.json or of function.json, for editors.'
            'completion:Print a script that completes this tools words in a shell.'
        )
        _describe verb verbs
    else
        case $words[2] in
            tell) compadd -- --config --chat --to --store --help --no-color ;;
            render) compadd -- --config --chat --help --no-color ;;
            explain) compadd -- --config --json --store --help --no-color ;;
            check) compadd -- --config --help --no-color ;;
            simulate) compadd -- --config --speed --why --help --no-color ;;
            serve) compadd -- --config --listen --store --demo --help --no-color ;;
            key) compadd -- --store --config --help --no-color ;;
            silence) compadd -- --store --config --help --no-color ;;
            ack) compadd -- --by --store --config --help --no-color ;;
            store) compadd -- --store --config --help --no-color ;;
            password) compadd -- --help --no-color ;;
            sources) compadd -- --help --no-color ;;
            init) compadd -- --project --name --region --profile --room --slack-webhook-env --topics --rules --queue --no-queue --yes --dry-run --force --help --no-color ;;
            build) compadd -- --project --env --set --env-file --output --bootstrap --help --no-color ;;
            deploy) compadd -- --project --env --set --env-file --profile --region --endpoint --alias --dry-run --json --concurrency --bootstrap --help --no-color ;;
            diff) compadd -- --project --env --set --env-file --profile --region --endpoint --alias --json --bootstrap --help --no-color ;;
            invoke) compadd -- --project --env --set --env-file --local --bootstrap --async --logs --alias --profile --region --endpoint --help --no-color ;;
            list) compadd -- --project --env --set --env-file --profile --region --endpoint --alias --json --tfvars --help --no-color ;;
            logs) compadd -- --follow --since --filter --json --project --env --set --env-file --profile --region --endpoint --help --no-color ;;
            metrics) compadd -- --since --json --project --env --set --env-file --profile --region --endpoint --help --no-color ;;
            doctor) compadd -- --send --alias --json --project --env --set --env-file --profile --region --endpoint --bootstrap --help --no-color ;;
            rollback) compadd -- --project --env --set --env-file --profile --region --endpoint --alias --json --help --no-color ;;
            delete) compadd -- --project --env --set --env-file --profile --region --endpoint --all --data --yes --dry-run --json --help --no-color ;;
            env) compadd -- --project --env --set --env-file --json --help --no-color ;;
            exec) compadd -- --project --env --set --env-file --help --no-color ;;
            template) compadd -- --project --env --set --env-file --alias --output --help --no-color ;;
            package) compadd -- --config --bootstrap --output --help --no-color ;;
            schema) compadd -- --help --no-color ;;
            completion) compadd -- --help --no-color bash fish zsh ;;
        esac
        _files
    fi
}
compdef _signalbox signalbox
