using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Signalbox.ServerTests.Ingest;

public sealed class WhatHooksTake : IDisposable
{
    private static readonly byte[] Standard = [.. Enumerable.Range(0, 32).Select(number => (byte)number)];
    private readonly string folder = Directory.CreateTempSubdirectory("signalbox-hooks").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private const string Push = """{"zen":"Keep it logically awesome.","hook_id":1,"repository":{"full_name":"acme/shop"}}""";

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task GitHub_signs_its_bytes()
    {
        await using var served = await Serve();
        Assert.Equal((200, "1 accepted, 0 known already\n"), await GitHub(served, Push, "It's a Secret to Everybody", "d-1"));
        Assert.Equal((200, "1 accepted, 1 known already\n"), await GitHub(served, Push, "It's a Secret to Everybody", "d-1"));
        Assert.Equal(200, (await GitHub(served, Push, "the one before", "d-2")).Status);
        Assert.Equal(401, (await GitHub(served, Push, "another", "d-3")).Status);
        Assert.Equal(401, (await Send(served, "/hooks/github", Push)).Status);
        Assert.Equal(401, (await Send(served, "/hooks/github", Push, ("X-Hub-Signature-256", "sha256=zz"))).Status);
        Assert.Contains(served.Log, line => line.Contains("X-Hub-Signature-256 is not made with the secret", StringComparison.Ordinal));
    }

    [Fact]
    public void The_signature_of_GitHub_is_the_one_of_its_documentation() => Assert.Equal(
        "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17",
        Convert.ToHexStringLower(HMACSHA256.HashData("It's a Secret to Everybody"u8.ToArray(), "Hello, World!"u8.ToArray())));

    [Fact]
    public async Task A_form_of_GitHub_is_taken_out_of_its_form()
    {
        await using var served = await Serve();
        var form = $"payload={Uri.EscapeDataString(Push)}";
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData("It's a Secret to Everybody"u8.ToArray(), Encoding.UTF8.GetBytes(form)));
        await GitHub(served, Push, "It's a Secret to Everybody", "d-1");
        // The same event as JSON is known then, since what was kept is what stood in the form.
        Assert.Equal((200, "1 accepted, 1 known already\n"), await Send(served, "/hooks/github", form, ("Content-Type", "application/x-www-form-urlencoded"),
            ("X-Hub-Signature-256", $"sha256={signature}"), ("X-GitHub-Event", "ping"), ("X-GitHub-Delivery", "d-1")));
    }

    [Fact]
    public async Task GitLab_shows_its_token()
    {
        await using var served = await Serve();
        var push = """{"object_kind":"push","event_name":"push","project":{"name":"shop"}}""";
        Assert.Equal(200, (await Send(served, "/hooks/gitlab", push, ("X-Gitlab-Token", "gl-token"), ("X-Gitlab-Event", "Push Hook"), ("Idempotency-Key", "k"))).Status);
        Assert.Equal((200, "1 accepted, 1 known already\n"), await Send(served, "/hooks/gitlab", push, ("X-Gitlab-Token", "gl-token"), ("Idempotency-Key", "k")));
        Assert.Equal(401, (await Send(served, "/hooks/gitlab", push, ("X-Gitlab-Token", "gl-toke"))).Status);
        Assert.Equal(401, (await Send(served, "/hooks/gitlab", push)).Status);
    }

    [Fact]
    public async Task Standard_Webhooks_sign_id_time_and_body()
    {
        await using var served = await Serve();
        var body = """{"type":"invoice.failed","timestamp":"2026-11-22T12:00:00Z","data":{"id":"1"}}""";
        var now = DateTimeOffset.UtcNow;
        Assert.Equal((200, "1 accepted, 0 known already\n"), await Signed(served, body, now, Standard));
        Assert.Equal((200, "1 accepted, 1 known already\n"), await Signed(served, body, now, Standard));
        Assert.Equal(401, (await Signed(served, body, now, new byte[32])).Status);
        Assert.Equal(401, (await Signed(served, body, now.AddMinutes(-6), Standard)).Status);
        Assert.Equal(401, (await Signed(served, body, now.AddMinutes(6), Standard)).Status);
        Assert.Equal(401, (await Send(served, "/hooks/standard", body, ("webhook-id", "1"), ("webhook-timestamp", "x"), ("webhook-signature", "v1,x"))).Status);
        // A signature of an older secret may stand beside the new one.
        Assert.Equal(200, (await Signed(served, body, now, Standard, "v1,AAAA v2,zzz ")).Status);
    }

    [Theory]
    [InlineData("github")]
    [InlineData("gitlab")]
    [InlineData("standard")]
    public async Task A_hook_without_a_secret_says_how_to_set_it(string hook)
    {
        await using var served = await Served.With();
        var (status, text) = await Send(served, $"/hooks/{hook}", "{}");
        Assert.Equal(403, status);
        Assert.Contains($"hooks: {{ {hook}: env:NAME }}", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_secret_gets_into_log_or_answer()
    {
        await using var served = await Serve();
        var (_, text) = await GitHub(served, Push, "another", "d-3");
        foreach (var secret in new[] { "Secret to Everybody", "gl-token", "whsec_" })
        {
            Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
            Assert.DoesNotContain(served.Log, line => line.Contains(secret, StringComparison.Ordinal));
        }
    }

    private Task<Served> Serve()
    {
        File.WriteAllText(Path.Combine(folder, "github"), "It's a Secret to Everybody\n");
        File.WriteAllText(Path.Combine(folder, "before"), "the one before\n");
        File.WriteAllText(Path.Combine(folder, "gitlab"), "gl-token\n");
        File.WriteAllText(Path.Combine(folder, "standard"), $"whsec_{Convert.ToBase64String(Standard)}\n");
        return Served.With($$"""
            server:
              hooks:
                github: ["file:{{folder}}/github", "file:{{folder}}/before"]
                gitlab: "file:{{folder}}/gitlab"
                standard: "file:{{folder}}/standard"
            """);
    }

    private static Task<(int Status, string Text)> GitHub(Served served, string body, string secret, string id) => Send(served, "/hooks/github", body,
        ("X-Hub-Signature-256", $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(body)))}"),
        ("X-GitHub-Event", "ping"), ("X-GitHub-Delivery", id));

    private static Task<(int Status, string Text)> Signed(Served served, string body, DateTimeOffset at, byte[] key, string before = "")
    {
        var seconds = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"msg_1.{seconds}.{body}")));
        return Send(served, "/hooks/standard", body, ("webhook-id", "msg_1"), ("webhook-timestamp", seconds), ("webhook-signature", $"{before}v1,{signature}"));
    }

    private static async Task<(int Status, string Text)> Send(Served served, string path, string body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        foreach (var (name, value) in headers)
        {
            if (name is "Content-Type") request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(value);
            else request.Headers.TryAddWithoutValidation(name, value);
        }
        using var answer = await served.Http.SendAsync(request, Stop);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(Stop));
    }
}
