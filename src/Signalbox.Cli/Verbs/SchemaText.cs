namespace Signalbox.Cli.Verbs;

/// <summary>The schema, so that editors complete and check settings while they are written.</summary>
internal static class SchemaText
{
    public static readonly Verb Row = new("schema", "Print the JSON Schema of the settings, for editors.", """
        Examples:
          signalbox schema > signalbox.schema.json
          and as the first line of signalbox.yaml:
          # yaml-language-server: $schema=signalbox.schema.json

        """, (_, shell) => _ =>
        {
            shell.Out.Write(Schema.Write());
            return Task.FromResult(Exit.Fine);
        });
}
