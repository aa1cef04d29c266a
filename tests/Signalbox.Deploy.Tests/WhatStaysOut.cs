using System.Diagnostics;

namespace Signalbox.Deploy.Tests;

public sealed class WhatStaysOut
{
    [Theory]
    [InlineData("*.log", "a.log", true)]
    [InlineData("*.log", "deep/a.log", true)]
    [InlineData("/*.log", "deep/a.log", false)]
    [InlineData("deep/*.log", "deep/a.log", true)]
    [InlineData("deep/*.log", "x/deep/a.log", false)]
    [InlineData("**/deep/*.log", "x/deep/a.log", true)]
    [InlineData("a/**/z", "a/z", true)]
    [InlineData("a/**/z", "a/b/c/z", true)]
    [InlineData("a/**", "a/b", true)]
    [InlineData("build/", "build", false)]
    [InlineData("*.log\n!keep.log", "keep.log", false)]
    [InlineData("!keep.log\n*.log", "keep.log", true)]
    [InlineData("# a comment\n\\#file", "#file", true)]
    [InlineData("\\!important", "!important", true)]
    [InlineData("name   ", "name", true)]
    [InlineData("name\\ ", "name ", true)]
    [InlineData("[a-c]?.js", "bx.js", true)]
    [InlineData("[!a-c]?.js", "bx.js", false)]
    [InlineData("[[:digit:]]", "7", true)]
    [InlineData("[", "[", false)]
    [InlineData("win\r\n*.x\r\n", "a.x", true)]
    [InlineData("", "function.json", true)]
    [InlineData("", "function.prod.json", true)]
    [InlineData("", "policy.json", true)]
    [InlineData("", ".apexignore", true)]
    [InlineData("!function.json", "function.json", true)]
    [InlineData("", "lib/function.json", false)]
    public void A_line_matches_as_in_gitignore(string text, string path, bool leaves) => Assert.Equal(leaves, IgnoreFile.Read(text).Leaves(path, isFolder: false));

    [Fact]
    public void A_line_that_ends_in_a_slash_is_about_folders() => Assert.True(IgnoreFile.Read("build/").Leaves("build", isFolder: true));

    [Fact]
    public void A_pattern_of_stars_takes_no_time() =>
        Assert.False(IgnoreFile.Read(string.Concat(Enumerable.Repeat("*a", 500)) + "b").Leaves(new string('a', 5_000), isFolder: false));

    /// <summary>Many small trees and many odd lines: git itself must agree about every path.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Git_says_the_same(int seed)
    {
        var random = new Random(seed);
        var folder = Directory.CreateTempSubdirectory("signalbox");
        try
        {
            try
            {
                Git(folder.FullName, "init -q", "");
            }
            catch (System.ComponentModel.Win32Exception)
            {
                Assert.Skip("git is not there");
            }
            var paths = Tree(folder.FullName, random);
            for (var round = 0; round < 40; round++)
            {
                var text = string.Concat(Enumerable.Range(0, random.Next(1, 6)).Select(_ => Odd(random) + "\n"));
                File.WriteAllText(Path.Combine(folder.FullName, ".gitignore"), text);
                var ours = IgnoreFile.Read(text);
                Assert.Equal((text, Said(folder.FullName, paths)), (text, string.Join('\n', paths.Where(path => Leaves(ours, path, folder.FullName)))));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static bool Leaves(IgnoreFile ours, string path, string root)
    {
        for (var slash = path.IndexOf('/'); slash >= 0; slash = path.IndexOf('/', slash + 1))
        {
            if (ours.Leaves(path[..slash], isFolder: true)) return true;
        }
        return ours.Leaves(path, Directory.Exists(Path.Combine(root, path)));
    }

    private static List<string> Tree(string root, Random random)
    {
        string[] names = ["a", "b", "ab", "ba.c", "a.b", "!a", "#b", "a b", "[a]", "-"];
        var paths = new SortedSet<string>(StringComparer.Ordinal);
        for (var count = 0; count < 60; count++)
        {
            var parts = Enumerable.Range(0, random.Next(1, 5)).Select(_ => names[random.Next(names.Length)]).ToArray();
            var path = string.Join('/', parts);
            var isFile = random.Next(2) is 0;
            var parents = Enumerable.Range(1, parts.Length - 1).Select(length => string.Join('/', parts[..length])).ToList();
            if (parents.Any(parent => File.Exists(Path.Combine(root, parent))) || (isFile && Directory.Exists(Path.Combine(root, path)))) continue;
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(root, path))!);
            if (isFile) File.WriteAllText(Path.Combine(root, path), "");
            else if (!File.Exists(Path.Combine(root, path))) Directory.CreateDirectory(Path.Combine(root, path));
            paths.UnionWith([.. parents, path]);
        }
        return [.. paths];
    }

    private static string Odd(Random random)
    {
        string[] pieces = ["a", "b", "ab", "*", "**", "?", "/", "/", "[ab]", "[!a]", "[^-b]", "[]a]", ".", "c", "\\a", "\\!", "#", "!", " ", "[a-b]", "[[:alpha:]]", "-", "[", "]", "**/", "/**", "\\"];
        return (random.Next(4) is 0 ? "!" : "") + string.Concat(Enumerable.Range(0, random.Next(1, 6)).Select(_ => pieces[random.Next(pieces.Length)]));
    }

    private static string Said(string folder, List<string> paths)
    {
        var parts = Git(folder, "check-ignore --no-index -v -n -z --stdin", string.Concat(paths.Select(path => path + "\0"))).Split('\0');
        var ignored = new List<string>();
        for (var at = 0; at + 3 < parts.Length; at += 4)
        {
            if (parts[at].Length > 0 && !parts[at + 2].StartsWith('!')) ignored.Add(parts[at + 3]);
        }
        return string.Join('\n', ignored);
    }

    private static string Git(string folder, string words, string input)
    {
        using var git = Process.Start(new ProcessStartInfo("git", words)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { ["GIT_CONFIG_GLOBAL"] = "/dev/null", ["GIT_CONFIG_NOSYSTEM"] = "1" },
        })!;
        git.StandardInput.Write(input);
        git.StandardInput.Close();
        var said = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        return said;
    }
}
