using Signalbox.Effects;

namespace Signalbox.Tests;

public class YamlAndJson
{
    [Fact]
    public void Yaml_and_json_make_the_same_tree_but_for_quotes_and_places()
    {
        var yaml = Yaml.Read("""
            # a comment
            rooms:
              deploys: { slack: { channel: "#deploys" }, mention: '<!here>' }
              attic: local
            accounts:
              012345678901: production
            routes:
              - when: >
                  source = rds
                  and severity >= warning
                to: [deploys, attic]
              - to: attic
            """).Tree!;
        Assert.Equal(
            """
            {
              "rooms": {
                "deploys": {
                  "slack": {
                    "channel": "#deploys"
                  },
                  "mention": "<!here>"
                },
                "attic": "local"
              },
              "accounts": {
                "012345678901": "production"
              },
              "routes": [
                {
                  "when": "source = rds and severity >= warning\u000a",
                  "to": [
                    "deploys",
                    "attic"
                  ]
                },
                {
                  "to": "attic"
                }
              ]
            }

            """,
            JsonTree.Write(yaml));
    }

    [Fact]
    public void Anchors_and_merge_keys_are_followed_and_what_stands_there_itself_wins()
    {
        var tree = Yaml.Read("""
            base: &base { slack: { channel: "#a" }, mention: "<!here>" }
            rooms:
              one: *base
              two: { <<: *base, mention: none }
            """).Tree!;
        Assert.Equal("#a", tree["rooms"]!["one"]!["slack"]!["channel"]!.Word);
        Assert.Equal(("none", "#a"), (tree["rooms"]!["two"]!["mention"]!.Word, tree["rooms"]!["two"]!["slack"]!["channel"]!.Word));
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing but a comment\n")]
    [InlineData("rooms:\n")]
    [InlineData("---\n")]
    public void An_empty_file_means_one_local_room(string text) =>
        Assert.Equal([Room.Local], SettingsReader.Read(Yaml.Read(text).Tree!).Settings!.Rooms);

    [Fact]
    public void Broken_texts_end_in_a_problem_whatever_they_are()
    {
        string[] pieces = ["{", "}", "[", "]", ":", "- ", "\n", "  ", "a", "\"", "'", "&x ", "*x", "? ", "| ", ">", "!", "%", "@", "\t",
            "#", "---", "...", ", ", "<<: "];
        for (var seed = 0; seed < 20_000; seed++)
        {
            var number = seed * 2654435761L;
            var text = string.Concat(Enumerable.Range(0, 8).Select(place => pieces[(int)((number >> place * 4) % pieces.Length)]));
            var outcome = Yaml.Read(text);
            if (outcome.Tree is null) Assert.InRange(outcome.Problem!.At.Line, 1, 20);
            else _ = SettingsReader.Read(outcome.Tree);
        }
    }

    [Fact]
    public void A_file_that_is_not_there_is_a_problem_like_any_other()
    {
        var loaded = SettingsFile.Load("/nowhere/signalbox.yaml");
        Assert.Null(loaded.Settings);
        Assert.Equal(["/nowhere/signalbox.yaml: the settings cannot be read: there is no such file."], loaded.Problems);
    }
}
