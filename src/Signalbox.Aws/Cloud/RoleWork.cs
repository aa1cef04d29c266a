using Signalbox.Aws.Asking;
using Signalbox.Deploy;

namespace Signalbox.Aws.Cloud;

/// <summary>The role of a function, and its rights.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_Operations.html"/>
internal static class RoleWork
{
    private const string Version = "2010-05-08";
    private const string PolicyName = "signalbox";

    public static async Task<IEnumerable<Piece>> Read(Hand hand)
    {
        if (await hand.Find(Call(hand, "GetRole", hand.Function)) is not { } role) return [];
        ValueList<Fact> tags =
        [
            .. from list in AwsApi.Elements(role.Body, "Tags")
               from tag in AwsApi.Elements(list, "member")
               select new Fact(AwsApi.Text(tag, "Key") ?? "", AwsApi.Text(tag, "Value") ?? ""),
        ];
        var trust = Compared.Json(Uri.UnescapeDataString(role.Text("AssumeRolePolicyDocument") ?? ""));
        var others = hand.Others(tags);
        var found = new Piece(PieceKind.Role, hand.Function, [new("trust", trust), .. Wanted.Tagged(tags)]) { Others = others };
        if (others is not null) return [found];
        var rights = await hand.Find(Call(hand, "GetRolePolicy", hand.Function, new Fact("PolicyName", PolicyName)));
        if (rights?.Text("PolicyDocument") is not { } policy) return [found];
        return [found, new Piece(PieceKind.Rights, hand.Function, [new("policy", Compared.Json(Uri.UnescapeDataString(policy)))])];
    }

    public static Task Apply(Hand hand, Change change) => (change.Kind, change.Doing) switch
    {
        (PieceKind.Rights, Doing.Remove) => hand.Find(Call(hand, "DeleteRolePolicy", change.Wanted.Name, new Fact("PolicyName", PolicyName))),
        (PieceKind.Rights, _) => hand.Do(Call(
            hand, "PutRolePolicy", change.Wanted.Name, new Fact("PolicyName", PolicyName), new Fact("PolicyDocument", change.Wanted["policy"]))),
        (_, Doing.Make) => hand.Make(Call(hand, "CreateRole", change.Wanted.Name,
            [new("AssumeRolePolicyDocument", change.Wanted["trust"]), new("Description", $"Function {hand.Function}"), .. Tags(hand)])),
        (_, Doing.Alter) => Alter(hand, change),
        _ => hand.Find(Call(hand, "DeleteRole", change.Wanted.Name)),
    };

    private static async Task Alter(Hand hand, Change change)
    {
        if (change.Wanted["trust"] != change.Found?["trust"])
            await hand.Do(Call(hand, "UpdateAssumeRolePolicy", change.Wanted.Name, new Fact("PolicyDocument", change.Wanted["trust"])));
        await hand.Do(Call(hand, "TagRole", change.Wanted.Name, [.. Tags(hand)]));
    }

    private static IEnumerable<Fact> Tags(Hand hand) => hand.Release.AllTags.SelectMany((tag, place) => (Fact[])
        [new($"Tags.member.{place + 1}.Key", tag.Name), new($"Tags.member.{place + 1}.Value", tag.Value)]);

    private static CloudCall Call(Hand hand, string operation, string role, params Fact[] fields) =>
        CloudCall.Form(hand.Places.Iam, operation, Version, [new("RoleName", role), .. fields]);
}
