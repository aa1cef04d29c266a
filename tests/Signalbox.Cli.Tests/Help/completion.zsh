#compdef signalbox
_signalbox() {
    if (( CURRENT == 2 )); then
        local -a verbs=(
            'tell:Say what events mean in the rooms that the settings name.'
            'render:Print the payload of every post as one line of JSON; nothing is posted.'
            'explain:Show how events are read, who would hear them and why; nothing is posted.'
            'check:Check the settings, and run the tests in them.'
            'sources:List the events that Signalbox understands, and show how they are told.'
            'package:Write the zip for AWS Lambda: the function and its settings.'
            'schema:Print the JSON Schema of the settings, for editors.'
            'completion:Print a script that completes this tools words in a shell.'
        )
        _describe verb verbs
    else
        case $words[2] in
            tell) compadd -- --config --chat --to --help --no-color ;;
            render) compadd -- --config --chat --help --no-color ;;
            explain) compadd -- --config --json --help --no-color ;;
            check) compadd -- --config --help --no-color ;;
            sources) compadd -- --help --no-color ;;
            package) compadd -- --config --bootstrap --output --help --no-color ;;
            schema) compadd -- --help --no-color ;;
            completion) compadd -- --help --no-color bash fish zsh ;;
        esac
        _files
    fi
}
compdef _signalbox signalbox
